import { expect, it } from 'vitest';
import { parseMailAddress } from './address.ts';
import { hasKeyEnded, reachedCount } from './key-ends.ts';
import type { PersonView } from './views.ts';

const NOW = new Date('2026-01-02T03:04:05.000Z');

function until(certificateExpiresAt: string): PersonView {
  const address = parseMailAddress('bob@example.test');
  if (!address.ok) throw new Error(address.error.message);
  return { address: address.value, name: '', fingerprint: '', addedAt: '', certificateExpiresAt };
}

it('a key is over at its end, and where nobody can say when that is', () => {
  expect(hasKeyEnded(until('2026-01-02T03:04:06.000Z'), NOW)).toBe(false);
  expect(hasKeyEnded(until('2026-01-02T03:04:05.000Z'), NOW)).toBe(true);
  expect(hasKeyEnded(until(''), NOW)).toBe(true);
});

it('only people whose key is not over are counted as reached', () => {
  expect(reachedCount([until('2027-01-01T00:00:00.000Z'), until('2025-01-01T00:00:00.000Z')], NOW)).toBe(1);
});
