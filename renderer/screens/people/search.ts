import type { PersonView } from '@endymail/shared/mail';

/** A person with what is searched, made once and not at every key. */
export interface Searchable {
  readonly person: PersonView;
  readonly text: string;
}

/** People in the order of their names, as a dictionary has it. */
export function searchable(people: readonly PersonView[]): readonly Searchable[] {
  const { compare } = new Intl.Collator('en', { sensitivity: 'base', numeric: true });
  return people
    .map((person) => ({ person, text: plain(`${person.name} ${person.address}`), key: person.name || person.address }))
    .sort((left, right) => compare(left.key, right.key));
}

/** Those in whose name or address every word of the query stands, without regard to case and accents. */
export function found(people: readonly Searchable[], query: string): readonly PersonView[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  return people.filter(({ text }) => words.every((word) => text.includes(word))).map(({ person }) => person);
}

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
