import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Fingerprint } from '../../components/fingerprint.tsx';
import { Icon } from '../../components/icon.tsx';
import { WorkOutcome } from '../../components/work-outcome.tsx';
import { useClient, useView } from '../../state/use-page.ts';
import { useWork, type Work } from '../../state/use-work.ts';
import { COMMON } from '../../text/common.ts';
import { dateWords } from '../../text/dates.ts';
import { addedWords, ADD_PERSON, PERSON } from '../../text/people.ts';
import type { Candidate } from './use-add-person.ts';

interface AddPersonDialogProps {
  readonly candidate: Candidate;
  readonly onClose: () => void;
}

/** Whom a file names, with the fingerprint to compare by telephone; then it is added, or not. */
export function AddPersonDialog({ candidate: { text, person }, onClose }: AddPersonDialogProps) {
  const client = useClient();
  const known = useView(({ people }) => people.find(({ address }) => address === person.address));
  const rows = useView(({ mailboxes }) => mailboxes.rows);
  // Of the moment in which the dialogue opened: adding makes everybody known.
  const [isKnown] = useState(known !== undefined);
  const [isRefused, setRefused] = useState(false);
  const adding = useWork(() => client.addPerson(text, person.fingerprint));
  const close = (
    <Button kind="primary" onClick={onClose}>
      {COMMON.close}
    </Button>
  );

  if (isRefused) {
    return (
      <Dialog title={ADD_PERSON.refusedHeading} onClose={onClose} bar={close}>
        <p className="lead">{ADD_PERSON.refused}</p>
      </Dialog>
    );
  }
  if (adding.outcome !== null) {
    return (
      <Dialog title={person.name || person.address} onClose={onClose} bar={close}>
        <WorkOutcome work={adding} done={addedWords(person.address, rows)} begun={ADD_PERSON.begun(person.address)} />
      </Dialog>
    );
  }
  return (
    <Dialog
      title={isKnown ? ADD_PERSON.knownHeading : ADD_PERSON.heading(person.name || person.address)}
      onClose={onClose}
      bar={
        <Answers
          adding={adding}
          isKnown={isKnown}
          onRefuse={() => {
            setRefused(true);
          }}
          onClose={onClose}
        />
      }
    >
      <p className="lead">{isKnown ? ADD_PERSON.known : ADD_PERSON.compare}</p>
      <dl className="claims">
        <dt>{ADD_PERSON.address}</dt>
        <dd>{person.address}</dd>
        {person.name !== '' && (
          <>
            <dt>{ADD_PERSON.name}</dt>
            <dd>{person.name}</dd>
          </>
        )}
        <dt>{ADD_PERSON.until}</dt>
        <dd>{dateWords(person.certificateExpiresAt)}</dd>
      </dl>
      <Fingerprint label={isKnown ? PERSON.fingerprint : ADD_PERSON.fingerprint} value={person.fingerprint} />
      {!isKnown && (
        <p className="note hint">
          <Icon of={CircleAlert} small />
          <span>{ADD_PERSON.notByMail}</span>
        </p>
      )}
      <WorkOutcome work={adding} done="" />
    </Dialog>
  );
}

interface AnswersProps {
  readonly adding: Work;
  readonly isKnown: boolean;
  readonly onRefuse: () => void;
  readonly onClose: () => void;
}

/** Who is known already with the same keys was compared then. */
function Answers({ adding, isKnown, onRefuse, onClose }: AnswersProps) {
  return isKnown ? (
    <>
      <Button onClick={onClose}>{COMMON.cancel}</Button>
      <Button kind="primary" action={adding.action}>
        {ADD_PERSON.renew}
      </Button>
    </>
  ) : (
    <>
      <Button onClick={onRefuse}>{ADD_PERSON.notSame}</Button>
      <Button kind="primary" action={adding.action}>
        {ADD_PERSON.same}
      </Button>
    </>
  );
}
