import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { PassphraseField } from '../../components/passphrase-field.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient } from '../../state/use-page.ts';
import { CLOSED_WORDS } from '../../text/closed.ts';
import { failureText } from '../../text/failures.ts';

/** The passphrase that was chosen when the data was made. It is held here only, until it opened the data. */
export function UnlockForm() {
  const client = useClient();
  const [passphrase, setPassphrase] = useState('');
  const unlock = useAction(
    () => client.unlock({ passphrase }),
    () => {
      setPassphrase('');
    },
  );
  const wrong = unlock.failure === null ? null : failureText(unlock.failure).says;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (passphrase !== '') unlock.run();
      }}
    >
      <PassphraseField
        isFirst
        label={CLOSED_WORDS.passphrase}
        value={passphrase}
        onChange={setPassphrase}
        wrong={wrong}
      />
      <div className="buttons after-list">
        <Button kind="primary" type="submit" action={unlock} disabled={passphrase === ''}>
          {CLOSED_WORDS.open}
        </Button>
      </div>
    </form>
  );
}
