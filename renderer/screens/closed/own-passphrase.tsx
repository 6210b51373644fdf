import { NewPassphraseForm } from '../../components/new-passphrase-form.tsx';
import { Section } from '../../components/section.tsx';
import { Button } from '../../components/button.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient } from '../../state/use-page.ts';
import { CLOSED_WORDS } from '../../text/closed.ts';

interface OwnPassphraseProps {
  /** There is a keychain now, or a passphrase in its place. */
  readonly onDone: () => void;
}

/** There is no keychain: install one and try again, or choose a passphrase in its place. */
export function OwnPassphrase({ onDone }: OwnPassphraseProps) {
  const client = useClient();
  const again = useAction(() => client.unlock({ passphrase: null }), onDone);
  return (
    <>
      <Section title={CLOSED_WORDS.installTitle} end={<Button action={again}>{CLOSED_WORDS.again}</Button>}>
        <p className="muted">{CLOSED_WORDS.installSub}</p>
        {again.failure !== null && <FailureNote failure={again.failure} />}
      </Section>
      <Section title={CLOSED_WORDS.ownTitle}>
        <NewPassphraseForm
          about={CLOSED_WORDS.ownAbout}
          button={CLOSED_WORDS.ownButton}
          ask={(passphrase) => client.unlock({ passphrase })}
          onDone={onDone}
        />
      </Section>
    </>
  );
}
