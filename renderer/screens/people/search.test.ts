import { parseMailAddress, type PersonView } from '@endymail/shared/mail';
import { describe, expect, it } from 'vitest';
import { found, searchable } from './search.ts';

function person(name: string, text: string): PersonView {
  const address = parseMailAddress(text);
  if (!address.ok) throw new Error(text);
  const at = '2026-11-25T00:00:00.000Z';
  return { address: address.value, name, fingerprint: '', addedAt: at, certificateExpiresAt: at };
}

const people = searchable([
  person('Zoë Ångström', 'zoe@example.org'),
  person('', 'anon@example.org'),
  person('Bob Brown', 'bob@work.example'),
]);
const names = (query: string) => found(people, query).map(({ address }) => String(address));

describe('the search in people', () => {
  it('orders people by name, or by address where there is no name', () => {
    expect(names('')).toEqual(['anon@example.org', 'bob@work.example', 'zoe@example.org']);
  });

  it('finds a name without its accents and in any case', () => {
    expect(names('ANGSTROM zoe')).toEqual(['zoe@example.org']);
    expect(names('Zoë')).toEqual(['zoe@example.org']);
  });

  it('finds by a part of the address, and by all words at once only', () => {
    expect(names('work.ex')).toEqual(['bob@work.example']);
    expect(names('bob example.org')).toEqual([]);
  });

  it('finds one among five thousand', () => {
    const many = searchable(
      Array.from({ length: 5_000 }, (_, index) => person(`Person ${index}`, `person${index}@example.org`)),
    );
    expect(found(many, 'person4999')).toHaveLength(1);
  });
});
