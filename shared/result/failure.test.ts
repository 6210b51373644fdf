import { describe, expect, it } from 'vitest';
import { EXIT_CODES, FAILURES, exitCodeOf, failure } from './index.ts';

describe('failure', () => {
  it('says the sentences of the table, and no detail where there is none', () => {
    const { message, advice, retry } = FAILURES['home-busy'];
    expect(failure('home-busy')).toEqual({ code: 'home-busy', message, advice, retry });
  });

  it('says something concrete instead, and keeps the advice', () => {
    const { advice } = FAILURES['home-busy'];
    expect(failure('home-busy', 'The Endymail of bob is at work.')).toMatchObject({
      message: 'The Endymail of bob is at work.',
      advice,
    });
  });

  it('bounds the technical text', () => {
    expect(failure('internal', undefined, 'x'.repeat(1_000_000)).detail).toBe('x'.repeat(2_000));
  });

  it('crosses the border to a window or a script unchanged', () => {
    const made = failure('internal', 'It stopped.', 'why');
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
  });
});

describe('the table of failures', () => {
  const entries = Object.entries(FAILURES);

  it.each(entries)('says for %s what happened and what to do, in whole sentences', (_code, { message, advice }) => {
    expect(message).toMatch(/^[A-Z].*\.$/s);
    expect(advice).toMatch(/^[A-Z].*\.$/s);
  });

  it.each(entries)('speaks of %s in the words of a person', (_code, { message, advice }) => {
    expect(`${message} ${advice}`).not.toMatch(/provision|key ?pair|certificate authority|PKCS|ENOENT|S\/MIME/i);
  });

  it('ends a command with a code that no success has', () => {
    const codes = Object.keys(FAILURES) as (keyof typeof FAILURES)[];
    expect(codes.filter((code) => exitCodeOf(code) === EXIT_CODES.done)).toEqual([]);
    expect(exitCodeOf('no-client')).toBe(EXIT_CODES.nothingFound);
    expect(new Set(Object.values(EXIT_CODES)).size).toBe(Object.keys(EXIT_CODES).length);
  });
});
