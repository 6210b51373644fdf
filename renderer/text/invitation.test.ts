import { describe, expect, it } from 'vitest';
import { leftAnnounced, leftWords, secondsLeft } from './invitation.ts';

describe('what is left of an invitation', () => {
  it('is said in minutes and seconds, and never less than nothing', () => {
    const now = new Date('2026-11-25T14:30:55.000Z');
    expect(leftWords(secondsLeft('2026-11-25T14:40:00.000Z', now))).toBe('9:05 left');
    expect(secondsLeft('2026-11-25T14:30:00.000Z', now)).toBe(0);
  });

  it('is read out three times, not each second', () => {
    const said = Array.from({ length: 600 }, (_, index) => leftAnnounced(600 - index));
    expect(new Set(said)).toEqual(
      new Set(['It holds ten minutes.', 'Less than 5 minutes left.', 'Less than 1 minute left.']),
    );
  });
});
