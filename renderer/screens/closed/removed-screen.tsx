import { Button } from '../../components/button.tsx';
import { Note } from '../../components/note.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { SetupFrame } from '../../components/setup-frame.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient } from '../../state/use-page.ts';
import { REMOVED } from '../../text/closed.ts';
import { COMMON } from '../../text/common.ts';

/** After *Remove Endymail from this computer*: what is so now. */
export function RemovedScreen() {
  const client = useClient();
  const quit = useAction(() => client.quit());
  return (
    <SetupFrame
      barEnd={
        <Button kind="primary" action={quit}>
          {COMMON.quit}
        </Button>
      }
    >
      <PageHead title={REMOVED.title} lead={REMOVED.lead} />
      <Note>{REMOVED.kept}</Note>
      <p className="muted section">{REMOVED.again}</p>
    </SetupFrame>
  );
}
