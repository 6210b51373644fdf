import { describe, expect, it } from 'vitest';
import type { MailboxState } from '@endymail/shared/mail';
import type { JobMailbox } from '../state/enabling.ts';
import { address, profileId } from '../testing/scenes/values.ts';
import { progressHead, trackOf } from './progress.ts';

const at = (step: JobMailbox['step'], profile: number | null = null): JobMailbox => ({
  address: address('a@example.org'),
  step,
  failure: null,
  profileId: profile === null ? null : profileId(profile),
});

const lead = (...steps: JobMailbox['step'][]): string =>
  progressHead(
    steps.map((step) => at(step)),
    [],
  ).lead;

describe('the heading of the set-up', () => {
  it('says how far it is', () => {
    expect(lead('queued', 'keys')).toBe('This takes a few seconds.');
    expect(lead('done', 'waiting')).toBe('One is ready, one goes on when Thunderbird is closed.');
    expect(lead('done', 'failed', 'queued')).toBe('One is ready, one needs you, one is to do.');
  });

  it('claims to be done only when all are', () => {
    expect(progressHead([at('done'), at('waiting')], []).title).toBe('Setting up 2 mailboxes');
    expect(progressHead([at('done'), at('done')], []).title).toBe('Two mailboxes are set up');
    expect(progressHead([at('done')], []).title).toBe('Your mailbox is set up');
  });

  it('does not say that a mailbox encrypts where somebody has to press a button', () => {
    const done = (...states: MailboxState[]): string =>
      progressHead(
        states.map(() => at('done')),
        states,
      ).lead;
    expect(done('ready')).toContain('encrypted by itself');
    expect(done('by-hand')).toBe('Mail to the people you add is encrypted when you press Encrypt in Thunderbird.');
    expect(done('ready', 'by-hand')).toContain('In the others');
  });
});

describe('the track of a mailbox', () => {
  it.each(['queued', 'keys', 'client', 'waiting', 'failed'] as const)('does not end before it is done: %s', (step) => {
    expect(trackOf(at(step)).at(-1)).toBe('todo');
  });

  it('shows where it failed', () => {
    expect(trackOf(at('failed'))).toEqual(['failed', 'todo', 'todo', 'todo']);
    expect(trackOf(at('failed', 1))).toEqual(['done', 'done', 'failed', 'todo']);
  });
});
