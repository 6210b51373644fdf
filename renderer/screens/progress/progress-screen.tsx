import type { MailboxState } from '@endymail/shared/mail';
import type { MailboxView } from '@endymail/shared/ipc';
import { Button } from '../../components/button.tsx';
import { FailureHelp } from '../../components/failure-help.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { SetupFrame } from '../../components/setup-frame.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { beginEnabling, stepsOf, withJob, type JobMailbox } from '../../state/enabling.ts';
import { useAction } from '../../state/use-action.ts';
import { useClient, usePage, usePageState, useView } from '../../state/use-page.ts';
import { PROGRESS, progressHead } from '../../text/progress.ts';
import { OwnPassphrase } from '../closed/own-passphrase.tsx';
import { JobItem } from './job-item.tsx';
import { WhatNow } from './what-now.tsx';

/** A mailbox with its track and its padding. */
const JOB_PX = 114;

const statesOf = (steps: readonly JobMailbox[], rows: readonly MailboxView[]): MailboxState[] =>
  rows.filter((row) => steps.some(({ address }) => address === row.address)).map(({ state }) => state);

/** The set-up as it goes on, mailbox by mailbox, and what one can do when it is done. */
export function ProgressScreen() {
  const page = usePage();
  const client = useClient();
  const rows = useView(({ mailboxes }) => mailboxes.rows);
  const job = useView((view) => view.job);
  const begun = usePageState(({ enabling }) => enabling);
  // Begun in another window, or before this page was loaded anew: the job alone tells.
  const enabling = begun ?? withJob(beginEnabling((job?.mailboxes ?? []).map(({ address }) => address)), job);
  const steps = stepsOf(enabling, rows);
  const isDone = steps.length > 0 && steps.every(({ step }) => step === 'done');
  const finish = useAction(() => client.finishWaiting());
  // What failed before anything was remembered is not there to be finished: it is asked for anew.
  const again = begun === null ? finish.run : () => void page.enableAgain();
  const noKeychain = steps.find(({ failure }) => failure?.code === 'keychain-missing')?.failure ?? null;
  const { title, lead } = progressHead(steps, statesOf(steps, rows));
  const goHome = () => {
    if (job?.isRunning === false) void client.dismissJob();
    page.begin({ screen: 'home' });
  };
  // What holds several mailboxes back is said once, at the first of them.
  const firstWaiting = new Map(
    steps
      .filter(({ step }) => step === 'waiting')
      .toReversed()
      .map((step) => [step.profileId, step.address]),
  );
  return (
    <SetupFrame
      stage="progress"
      barStart={isDone ? undefined : <p className="muted">{PROGRESS.background}</p>}
      barEnd={
        <Button kind={isDone ? 'primary' : 'plain-frame'} onClick={goHome}>
          {PROGRESS.goHome}
        </Button>
      }
    >
      <PageHead title={title} lead={lead} isLive />
      {enabling.failure !== null && !isDone && steps.every(({ step }) => step !== 'failed') && (
        <FailureHelp failure={enabling.failure} onAgain={page.back} onClose={page.back} />
      )}
      {noKeychain !== null && (
        <>
          <FailureNote failure={noKeychain} />
          <OwnPassphrase onDone={again} />
        </>
      )}
      <div className="section">
        <VirtualList items={steps} keyOf={({ address }) => address} estimatePx={JOB_PX} label={PROGRESS.list}>
          {(step) => (
            <JobItem
              mailbox={step}
              row={rows.find(({ address }) => address === step.address) ?? null}
              isFirstWaiting={firstWaiting.get(step.profileId) === step.address}
              finish={finish}
              onAgain={again}
              onLater={goHome}
            />
          )}
        </VirtualList>
      </div>
      {isDone && <WhatNow enabling={enabling} />}
    </SetupFrame>
  );
}
