import type { PersonView } from '@endymail/shared/mail';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Fingerprint } from '../../components/fingerprint.tsx';
import { WorkOutcome } from '../../components/work-outcome.tsx';
import { useClient } from '../../state/use-page.ts';
import { useWork } from '../../state/use-work.ts';
import { COMMON } from '../../text/common.ts';
import { dateWords } from '../../text/dates.ts';
import { ADD_PERSON, PERSON, REMOVE_PERSON } from '../../text/people.ts';

interface PersonDialogProps {
  readonly person: PersonView;
  readonly onClose: () => void;
}

/** One person: since when, until when, the fingerprint; and taken away, after it was said what that means. */
export function PersonDialog({ person, onClose }: PersonDialogProps) {
  const [isRemoving, setRemoving] = useState(false);
  if (isRemoving) return <RemovePersonDialog person={person} onClose={onClose} />;
  return (
    <Dialog
      title={person.name || person.address}
      onClose={onClose}
      bar={
        <>
          <Button
            kind="danger"
            onClick={() => {
              setRemoving(true);
            }}
          >
            {PERSON.remove}
          </Button>
          <Button kind="primary" onClick={onClose}>
            {COMMON.close}
          </Button>
        </>
      }
    >
      <dl className="claims">
        <dt>{ADD_PERSON.address}</dt>
        <dd>{person.address}</dd>
        <dt>{PERSON.addedOn}</dt>
        <dd>{dateWords(person.addedAt)}</dd>
        <dt>{ADD_PERSON.until}</dt>
        <dd>{dateWords(person.certificateExpiresAt)}</dd>
      </dl>
      <p className="muted">{PERSON.untilMeans}</p>
      <Fingerprint label={PERSON.fingerprint} value={person.fingerprint} />
    </Dialog>
  );
}

function RemovePersonDialog({ person, onClose }: PersonDialogProps) {
  const client = useClient();
  const removal = useWork(() => client.removePerson(person.address));
  const isOver = removal.outcome !== null;
  return (
    <Dialog
      title={REMOVE_PERSON.heading(person.name || person.address)}
      onClose={onClose}
      bar={
        isOver ? (
          <Button kind="primary" onClick={onClose}>
            {COMMON.close}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{COMMON.cancel}</Button>
            <Button kind="danger" action={removal.action}>
              {REMOVE_PERSON.confirm}
            </Button>
          </>
        )
      }
    >
      {!isOver && (
        <>
          <p className="lead">{REMOVE_PERSON.means(person.address)}</p>
          <p className="muted hint">{REMOVE_PERSON.old}</p>
        </>
      )}
      <WorkOutcome
        work={removal}
        done={REMOVE_PERSON.done(person.address)}
        begun={REMOVE_PERSON.begun(person.address)}
      />
    </Dialog>
  );
}
