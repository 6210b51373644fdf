import { useView } from '../../state/use-page.ts';
import { jobStepWords, TURN_OFF } from '../../text/turn-off.ts';

/** What goes on while Thunderbird is put back, mailbox by mailbox. */
export function UndoProgress() {
  const job = useView((view) => view.job);
  return (
    <div className="section" role="status">
      <p className="waiting">
        <span className="spinner" aria-hidden="true" />
        <span>{TURN_OFF.working}</span>
      </p>
      {job !== null && job.kind !== 'people' && (
        <ul className="list hint">
          {job.mailboxes.map(({ address, step }) => (
            <li className="row" key={address}>
              <span className="row__text">{address}</span>
              <span className="row__end muted">{jobStepWords(step)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
