import type { Failure } from '@endymail/shared/result';
import { Button } from '../../components/button.tsx';
import { Details } from '../../components/details.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { SetupFrame } from '../../components/setup-frame.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient } from '../../state/use-page.ts';
import { closedWords } from '../../text/closed.ts';
import { COMMON } from '../../text/common.ts';
import { failureFacts } from '../../text/failures.ts';
import { WayOut } from './way-out.tsx';

interface ClosedScreenProps {
  readonly failure: Failure;
  /** What the data that is here is locked with; null: there is none yet. */
  readonly keychain: 'os' | 'file' | null;
}

/** The data can not be opened: why, and the one way on. */
export function ClosedScreen({ failure, keychain }: ClosedScreenProps) {
  const client = useClient();
  const quit = useAction(() => client.quit());
  const { title, lead, advice, way } = closedWords(failure, keychain);
  return (
    <SetupFrame
      key={way}
      barEnd={
        <Button kind={way === 'quit' ? 'primary' : 'plain-frame'} action={quit}>
          {COMMON.quit}
        </Button>
      }
    >
      <PageHead title={title} lead={lead} isLive />
      {advice !== null && <p className="section">{advice}</p>}
      <WayOut way={way} />
      <Details groups={[{ facts: failureFacts(failure) }]} />
    </SetupFrame>
  );
}
