import type { PersonView } from '@endymail/shared/mail';
import { person } from './values.ts';

/** Made-up people, as somebody has them who uses Endymail for a while. */
export const PEOPLE: readonly PersonView[] = Object.freeze([
  person('ines.okafor@fjordpost.example'),
  person('astrid@lunde-arkitekter.example', { name: 'Astrid Lunde', addedAt: '2026-11-03T10:00:00.000Z' }),
  person('t.wierzbicki@rowingclub-lade.example', { name: 'Tomasz Wierzbicki', addedAt: '2026-10-28T10:00:00.000Z' }),
  person('praxis@aas-legekontor.example', {
    name: 'Dr. Helene Aas',
    addedAt: '2025-09-09T10:00:00.000Z',
    certificateExpiresAt: '2026-09-09T10:00:00.000Z',
  }),
  person('samuel.kiplagat@fjordpost.example', { name: 'Samuel Kiplagat', addedAt: '2026-08-30T10:00:00.000Z' }),
  person('board@rowingclub-lade.example', { name: 'Board of the rowing club', addedAt: '2026-06-14T10:00:00.000Z' }),
  person('yuki@tanabe-letterpress.example', { name: 'Yuki Tanabe', addedAt: '2026-06-02T10:00:00.000Z' }),
  person('jonas@brandt-bootsbau.example', { name: 'Jonas Brandt', addedAt: '2026-05-12T10:00:00.000Z' }),
  person('no-name@example.org', { name: '', addedAt: '2026-05-01T10:00:00.000Z' }),
]);

/** More than anybody adds. */
export const MANY_PEOPLE: readonly PersonView[] = Object.freeze(
  Array.from({ length: 5_000 }, (_, index) =>
    person(`person-${index + 1}@example.org`, { name: `Person ${index + 1}` }),
  ),
);

export const NEW_PERSON = person('karl@lindqvist-seil.example', { name: 'Karl Lindqvist' });

/** What stands in the file of the scenes; no shell reads it. */
export const PUBLIC_PART = '{"endymail":"public-part","version":1}\n';
