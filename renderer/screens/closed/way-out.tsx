import { assertNever } from '@endymail/shared/result';
import { Button } from '../../components/button.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient, usePage } from '../../state/use-page.ts';
import { CLOSED_WORDS, type ClosedWay } from '../../text/closed.ts';
import { OwnPassphrase } from './own-passphrase.tsx';
import { RestoreOrStartOver } from './restore-or-start-over.tsx';
import { UnlockForm } from './unlock-form.tsx';

/** What can be done where the data is not open. */
export function WayOut({ way }: { readonly way: ClosedWay }) {
  switch (way) {
    case 'again':
      return <TryAgain>{CLOSED_WORDS.again}</TryAgain>;
    case 'unlock':
      return <TryAgain>{CLOSED_WORDS.unlock}</TryAgain>;
    case 'passphrase':
      return <UnlockForm />;
    case 'choose-passphrase':
      return <OwnPassphrase onDone={() => undefined} />;
    case 'restore':
      return <RestoreOrStartOver />;
    case 'wait':
      return (
        <p className="waiting section" role="status">
          <span className="spinner" aria-hidden="true" />
          <span className="muted">{CLOSED_WORDS.waiting}</span>
        </p>
      );
    case 'quit':
      return null;
    default:
      return assertNever(way);
  }
}

/** Opens the data once more; the keychain of the system asks by itself. */
function TryAgain({ children }: { readonly children: string }) {
  const client = useClient();
  const { load } = usePage();
  const again = useAction(
    () => client.unlock({ passphrase: null }),
    () => void load(),
  );
  return (
    <>
      <div className="buttons section">
        <Button kind="primary" action={again}>
          {children}
        </Button>
      </div>
      {again.failure !== null && <FailureNote failure={again.failure} />}
    </>
  );
}
