import { FAILURES, failure, type FailureCode } from '@endymail/shared/result';
import { describe, expect, it } from 'vitest';
import { failureFacts, failureText } from './failures.ts';

const codes = Object.keys(FAILURES) as FailureCode[];

describe('what the window says of a failure', () => {
  it.each(codes)('says for %s what happened, what to do and offers a button', (code) => {
    const { says, advice, button } = failureText(failure(code));
    expect(says).toMatch(/^[A-Z].*[.]$/s);
    expect(advice).toMatch(/^[A-Z].*[.]$/s);
    expect(button).toMatch(/^[A-Z]/);
  });

  it.each(codes)('names no command of the command line for %s', (code) => {
    const { says, advice } = failureText(failure(code));
    expect(`${says} ${advice}`).not.toMatch(/\bendymail [a-z]|--[a-z]|command\b/);
  });

  it.each(codes)('speaks of %s without jargon', (code) => {
    const { says, advice } = failureText(failure(code));
    expect(`${says} ${advice}`).not.toMatch(/provision|key ?pair|certificate|PKCS|S\/MIME|\bprofile\b/i);
  });

  it('keeps a sentence that names concrete things', () => {
    expect(failureText(failure('home-busy', 'The Endymail of bob is at work.')).says).toBe(
      'The Endymail of bob is at work.',
    );
  });

  it('has the exact facts for Details', () => {
    expect(failureFacts(failure('internal', 'It stopped.', 'why'))).toEqual([
      { name: 'code', value: 'internal' },
      { name: 'message', value: 'It stopped.' },
      { name: 'detail', value: 'why' },
    ]);
    expect(failureFacts(failure('internal', 'It stopped.'))).toHaveLength(2);
  });
});
