import { describe, expect, it } from 'vitest';
import type { AppView } from '@endymail/shared/ipc';
import { failure } from '@endymail/shared/result';
import { frontOf, NOBODY_ASKS, opened, putOffAll, read } from './asking.ts';

const A = 'aa'.repeat(32);
const B = 'bb'.repeat(32);
const request = (id: string) => ({
  id,
  fingerprint: 'MEEE',
  askedAt: '2026-11-25T14:28:00.000Z',
  expiresAt: '2026-11-25T15:28:00.000Z',
});
const pending = (ids: readonly string[], answered: AppView['pending']['answered'] = null): AppView['pending'] => ({
  devices: ids.map(request),
  answered,
});

describe('which device asks', () => {
  it('is the first that asked', () => {
    expect(frontOf(pending([A, B]), NOBODY_ASKS)).toBe(A);
    expect(frontOf(pending([]), NOBODY_ASKS)).toBeNull();
  });

  it('is none that was put off, until it is opened again or another asks', () => {
    const later = putOffAll(pending([A]));
    expect(frontOf(pending([A]), later)).toBeNull();
    expect(frontOf(pending([A, B]), later)).toBe(B);
    expect(opened(later, A)).toEqual({ shown: A, held: null, putOff: [] });
  });

  it('puts off all that ask, so that closing one question does not open the next', () => {
    expect(frontOf(pending([A, B]), putOffAll(pending([A, B])))).toBeNull();
  });

  it('is the one that was answered, before the others, until that was read', () => {
    const answered = pending([A, B], { kind: 'failed', id: A, why: failure('digits-wrong') });
    expect(frontOf(answered, NOBODY_ASKS)).toBe(A);
    expect(frontOf(answered, read(NOBODY_ASKS, answered))).toBe(B);
  });

  it('shows how an approval ended that was put off while it waited', () => {
    const waiting = pending([], { kind: 'unanswered', id: A });
    const later = putOffAll(waiting);
    expect(frontOf(waiting, later)).toBeNull();
    expect(frontOf(pending([], { kind: 'rejected', id: A }), later)).toBe(A);
  });
});
