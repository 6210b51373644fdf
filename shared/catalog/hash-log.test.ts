import { describe, expect, it } from 'vitest';
import { appended, EMPTY_LOG, hashAt, LOG_PART_HASHES } from './hash-log.ts';
import { versionAt } from './testing/applied.ts';

const hashes = Array.from({ length: 2 * LOG_PART_HASHES + 3 }, (_, index) => versionAt(index));
const log = hashes.reduce(appended, EMPTY_LOG);

describe('the log of heads', () => {
  it('has every hash at its place, and none beyond', () => {
    expect(log.length).toBe(hashes.length);
    expect(hashes.map((_, index) => hashAt(log, index))).toEqual(hashes);
    expect(hashAt(log, hashes.length)).toBeNull();
    expect(hashAt(EMPTY_LOG, 0)).toBeNull();
  });

  it('shares all parts but the last with the shorter one', () => {
    const longer = appended(log, versionAt(9999));
    expect(longer.parts[0]).toBe(log.parts[0]);
    expect(longer.parts[1]).toBe(log.parts[1]);
    expect(longer.parts[2]).not.toBe(log.parts[2]);
    expect(log.length).toBe(hashes.length);
  });
});
