import type { PersonView } from '@endymail/shared/mail';
import { Plus } from 'lucide-react';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { isFind } from '../../state/shortcuts.ts';
import { useView } from '../../state/use-page.ts';
import { PEOPLE, peopleLead } from '../../text/people.ts';
import { AddPersonDialog } from './add-person-dialog.tsx';
import { NoPeople } from './no-people.tsx';
import { PeopleList } from './people-list.tsx';
import { PersonDialog } from './person-dialog.tsx';
import { found, searchable } from './search.ts';
import { useAddPerson, type AddPerson } from './use-add-person.ts';

/** The people to whom mail is encrypted: to find, to add, to look at and to take away. */
export function PeopleScreen() {
  const people = useView((view) => view.people);
  const mailboxes = useView((view) => view.mailboxes.rows);
  const adding = useAddPerson();
  const [shown, setShown] = useState<PersonView | null>(null);
  return (
    <>
      <PageHead title={PEOPLE.heading} lead={peopleLead(people.length, mailboxes)} />
      {people.length === 0 ? (
        <NoPeople choose={adding.choose} />
      ) : (
        <FoundPeople people={people} adding={adding} onOpen={setShown} />
      )}
      {adding.candidate !== null && <AddPersonDialog candidate={adding.candidate} onClose={adding.close} />}
      {shown !== null && (
        <PersonDialog
          person={shown}
          onClose={() => {
            setShown(null);
          }}
        />
      )}
    </>
  );
}

interface FoundPeopleProps {
  readonly people: readonly PersonView[];
  readonly adding: AddPerson;
  readonly onOpen: (person: PersonView) => void;
}

function FoundPeople({ people, adding, onOpen }: FoundPeopleProps) {
  const [query, setQuery] = useState('');
  const wanted = useDeferredValue(query);
  const all = useMemo(() => searchable(people), [people]);
  const seen = useMemo(() => found(all, wanted), [all, wanted]);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!isFind(event)) return;
      event.preventDefault();
      field.current?.select();
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  }, []);
  return (
    <>
      <div className="toolbar">
        <SearchField
          label={PEOPLE.searchName}
          placeholder={PEOPLE.search(people.length)}
          value={query}
          onChange={setQuery}
          ref={field}
        />
        <Button icon={<Icon of={Plus} small />} action={adding.choose}>
          {PEOPLE.add}
        </Button>
      </div>
      <ActionFailure action={adding.choose} />
      <p className="visually-hidden" role="status">
        {wanted === '' ? '' : PEOPLE.found(seen.length)}
      </p>
      {seen.length === 0 ? (
        <p className="section muted">{PEOPLE.noneFound(wanted)}</p>
      ) : (
        <PeopleList people={seen} onOpen={onOpen} />
      )}
    </>
  );
}
