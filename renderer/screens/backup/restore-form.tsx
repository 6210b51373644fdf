import type { AppView } from '@endymail/shared/ipc';
import { useEffect, useEffectEvent, useState } from 'react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { CheckBox } from '../../components/check-box.tsx';
import { Note } from '../../components/note.tsx';
import { PassphraseField } from '../../components/passphrase-field.tsx';
import { Section } from '../../components/section.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient, useView } from '../../state/use-page.ts';
import { RESTORE } from '../../text/backup.ts';
import { PASSPHRASE, isLongEnough, passphraseHint } from '../../text/passphrase.ts';
import type { RestoreEnd } from './restored.tsx';

interface RestoreFormProps {
  /** The button stands in the bar of the frame and sends the form of this id. */
  readonly id: string;
  readonly isDataHere: boolean;
  readonly onEnd: (end: RestoreEnd) => void;
  /** While it goes on nobody leaves: how it ends, and where the old data is, is said here only. */
  readonly onRunning: (isRunning: boolean) => void;
}

/** The passphrase of the backup, what becomes of the data that is here, and where the key of the data is kept. */
export function RestoreForm({ id, isDataHere, onEnd, onRunning }: RestoreFormProps) {
  const client = useClient();
  const usesOwn = useView(usesOwnPassphrase);
  const [passphrase, setPassphrase] = useState('');
  const [setAside, setSetAside] = useState(false);
  const [isOwn, setOwn] = useState(usesOwn);
  const [own, setOwnPassphrase] = useState('');
  const [ownAgain, setOwnAgain] = useState('');
  const [isTried, setTried] = useState(false);

  const restore = useAction(
    () => client.restore({ passphrase, setAside, keychainPassphrase: isOwn ? own : null }),
    (restored) => {
      if (restored !== null) onEnd({ kind: 'restored', ...restored });
    },
  );
  const { isRunning } = restore;
  const tell = useEffectEvent(onRunning);
  useEffect(() => {
    tell(isRunning);
    if (!isRunning) return;
    const stay = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') event.preventDefault();
    };
    document.addEventListener('keydown', stay, { capture: true });
    return () => {
      document.removeEventListener('keydown', stay, { capture: true });
    };
  }, [isRunning]);
  const isInTheWay = isDataHere || restore.failure?.code === 'home-in-use';
  const isOwnRight = !isOwn || (isLongEnough(own) && own === ownAgain);
  const submit = () => {
    setTried(true);
    if (passphrase !== '' && isOwnRight && (!isInTheWay || setAside)) restore.run();
  };
  return (
    <form
      id={id}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <PassphraseField
        label={RESTORE.passphrase}
        value={passphrase}
        onChange={setPassphrase}
        wrong={isTried && passphrase === '' ? RESTORE.passphraseMissing : null}
      />
      {isInTheWay ? (
        <Section title={RESTORE.hereHeading}>
          <CheckBox
            isChecked={setAside}
            onChange={setSetAside}
            label={RESTORE.agree}
            reason={isTried && !setAside ? `${RESTORE.here} ${RESTORE.agreeMissing}` : RESTORE.here}
          />
        </Section>
      ) : (
        <Note>{RESTORE.nothingHere}</Note>
      )}
      {usesOwn && (
        <Section title={RESTORE.ownHeading}>
          <CheckBox isChecked={isOwn} onChange={setOwn} label={RESTORE.own} reason={RESTORE.ownMeans} />
          {isOwn && (
            <>
              <PassphraseField
                label={RESTORE.ownLabel}
                value={own}
                onChange={setOwnPassphrase}
                isNew
                hint={passphraseHint(own) ?? PASSPHRASE.hint}
                wrong={isTried && !isLongEnough(own) ? (passphraseHint(own) ?? PASSPHRASE.hint) : null}
              />
              <PassphraseField
                label={PASSPHRASE.again}
                value={ownAgain}
                onChange={setOwnAgain}
                isNew
                wrong={isTried && own !== ownAgain ? PASSPHRASE.differs : null}
              />
            </>
          )}
        </Section>
      )}
      {restore.isShown && (
        <p className="waiting section" role="status">
          <span className="spinner" aria-hidden="true" />
          <span>{RESTORE.working}</span>
        </p>
      )}
      {restore.failure?.code !== 'home-in-use' && <ActionFailure action={restore} onAgain={submit} />}
    </form>
  );
}

/** There is no keychain here, or the data that was here did without. */
function usesOwnPassphrase({ agent }: AppView): boolean {
  return agent.state === 'closed' && (agent.keychain === 'file' || agent.failure.code === 'keychain-missing');
}
