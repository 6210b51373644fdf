import type { PersonView } from '@endymail/shared/mail';
import { ChevronRight } from 'lucide-react';
import { Icon } from '../../components/icon.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { dateWords } from '../../text/dates.ts';
import { PEOPLE } from '../../text/people.ts';

/** Two lines and their padding. */
const ROW_PX = 49;

interface PeopleListProps {
  readonly people: readonly PersonView[];
  readonly onOpen: (person: PersonView) => void;
}

/** Person, since when, until when; each row opens the person. */
export function PeopleList({ people, onOpen }: PeopleListProps) {
  const now = new Date().toISOString();
  return (
    <>
      <div className="people__head" aria-hidden="true">
        <span>{PEOPLE.person}</span>
        <span>{PEOPLE.since}</span>
        <span>{PEOPLE.until}</span>
      </div>
      <VirtualList items={people} keyOf={({ address }) => address} estimatePx={ROW_PX} label={PEOPLE.heading}>
        {(person) => <PersonRow person={person} isOver={person.certificateExpiresAt < now} onOpen={onOpen} />}
      </VirtualList>
    </>
  );
}

interface PersonRowProps {
  readonly person: PersonView;
  readonly isOver: boolean;
  readonly onOpen: (person: PersonView) => void;
}

function PersonRow({ person, isOver, onOpen }: PersonRowProps) {
  const until = dateWords(person.certificateExpiresAt);
  return (
    <button
      className="row row--link person"
      type="button"
      onClick={() => {
        onOpen(person);
      }}
    >
      <span className="row__text">
        <span className="row__name">{person.name || person.address}</span>
        {person.name !== '' && <span className="row__sub">{person.address}</span>}
      </span>
      <span className="person__since">
        <span className="person__label">{PEOPLE.since} </span>
        {dateWords(person.addedAt)}
      </span>
      <span className={isOver ? 'person__until is-over' : 'person__until'}>
        {isOver ? (
          PEOPLE.expired(until)
        ) : (
          <>
            <span className="person__label">{PEOPLE.until} </span>
            {until}
          </>
        )}
      </span>
      <Icon of={ChevronRight} small />
    </button>
  );
}
