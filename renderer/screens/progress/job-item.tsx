import type { MailboxView } from '@endymail/shared/ipc';
import { reachedCount } from '@endymail/shared/mail';
import type { Failure } from '@endymail/shared/result';
import { Clock } from 'lucide-react';
import { Attention } from '../../components/attention.tsx';
import { Button } from '../../components/button.tsx';
import { FailureHelp } from '../../components/failure-help.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { Track } from '../../components/track.tsx';
import type { JobMailbox } from '../../state/enabling.ts';
import type { Action } from '../../state/use-action.ts';
import { useView } from '../../state/use-page.ts';
import { stateWords } from '../../text/mailbox.ts';
import { closeWords, PROGRESS, trackOf } from '../../text/progress.ts';

interface JobItemProps {
  readonly mailbox: JobMailbox;
  /** Null: no client has it any more. */
  readonly row: MailboxView | null;
  /** The first of those that wait for the same client. */
  readonly isFirstWaiting: boolean;
  readonly finish: Action;
  /** Tries the set-up once more. */
  readonly onAgain: () => void;
  readonly onLater: () => void;
}

/** One mailbox of the set-up: how far it is, and what it waits for. */
export function JobItem({ mailbox, row, isFirstWaiting, finish, onAgain, onLater }: JobItemProps) {
  const { address, step, failure } = mailbox;
  return (
    <div className="job">
      <div className="job__head">
        <h2>{address}</h2>
        <JobState mailbox={mailbox} row={row} />
      </div>
      <Track stops={trackOf(mailbox)} />
      {isFirstWaiting && <CloseClient mailbox={mailbox} row={row} finish={finish} onLater={onLater} />}
      {step === 'failed' && failure !== null && !isOfAll(failure) && (
        <FailureHelp failure={failure} onAgain={onAgain} onClose={onLater} />
      )}
    </div>
  );
}

/** Said once above the list, with what can be done. */
const isOfAll = ({ code }: Failure): boolean => code === 'keychain-missing';

/** At the right: nothing while it goes on, and never a state that is not so yet. */
function JobState({ mailbox: { step }, row }: Pick<JobItemProps, 'mailbox' | 'row'>) {
  const people = useView((view) => reachedCount(view.people, new Date()));
  if (step === 'waiting' || step === 'failed') {
    const { mark, words } = stateWords(step === 'waiting' ? 'waiting' : 'needs-you', people);
    return <StateMark mark={mark}>{words}</StateMark>;
  }
  // The list is looked at anew after the work: until then it still says what was before.
  if (step !== 'done' || row === null || row.state === 'off') return null;
  const { mark, words } = stateWords(row.state, people);
  return <StateMark mark={mark}>{words}</StateMark>;
}

/** Flow 2: the client is open. */
function CloseClient({ mailbox, row, finish, onLater }: Omit<JobItemProps, 'isFirstWaiting' | 'onAgain'>) {
  const place = row?.places.find(({ profileId }) => profileId === mailbox.profileId);
  const { title, says } = closeWords(
    place?.product ?? 'Thunderbird',
    place === undefined || place.inUse ? null : place.profileName,
  );
  return (
    <Attention
      title={title}
      icon={Clock}
      buttons={
        <>
          <Button kind="primary" action={finish}>
            {PROGRESS.closedIt}
          </Button>
          <Button onClick={onLater}>{PROGRESS.later}</Button>
        </>
      }
    >
      <p>{says}</p>
      <p className="muted">{PROGRESS.laterSays}</p>
      {finish.failure !== null && <FailureNote failure={finish.failure} />}
    </Attention>
  );
}
