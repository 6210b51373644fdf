import type { Failure, Result } from '@endymail/shared/result';
import { useId, useState } from 'react';
import { useAction } from '../state/use-action.ts';
import { PASSPHRASE, isLongEnough, passphraseHint } from '../text/passphrase.ts';
import { ActionFailure } from './action-failure.tsx';
import { Button } from './button.tsx';
import { PassphraseField } from './passphrase-field.tsx';

interface NewPassphraseFormProps<Value> {
  /** What the passphrase is for. */
  readonly about: string;
  readonly button: string;
  readonly ask: (passphrase: string) => Promise<Result<Value, Failure>>;
  readonly onDone: (value: Value) => void;
}

/** A new passphrase, typed twice, and the button that uses it. It is held here only, and gone when the screen is. */
export function NewPassphraseForm<Value>({ about, button, ask, onDone }: NewPassphraseFormProps<Value>) {
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [isTried, setTried] = useState(false);
  const hint = useId();
  const isEnough = isLongEnough(passphrase);
  const isSame = passphrase === again;
  const action = useAction(() => ask(passphrase), onDone);
  const submit = () => {
    setTried(true);
    if (isEnough && isSame) action.run();
  };
  return (
    <form
      className="passphrases"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p className="muted" id={hint}>
        {about}
      </p>
      <PassphraseField
        label={PASSPHRASE.label}
        value={passphrase}
        onChange={setPassphrase}
        isNew
        hint={passphraseHint(passphrase) ?? PASSPHRASE.hint}
        wrong={isTried && !isEnough ? (passphraseHint(passphrase) ?? PASSPHRASE.hint) : null}
      />
      <PassphraseField
        label={PASSPHRASE.again}
        value={again}
        onChange={setAgain}
        isNew
        wrong={isTried && isEnough && !isSame ? PASSPHRASE.differs : null}
      />
      <div className="buttons passphrases__do">
        <Button kind="primary" type="submit" action={action} onClick={() => undefined} describedBy={hint}>
          {button}
        </Button>
      </div>
      <ActionFailure action={action} onAgain={submit} />
    </form>
  );
}
