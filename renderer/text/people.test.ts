import type { MailboxView } from '@endymail/shared/ipc';
import { describe, expect, it } from 'vitest';
import { mailbox } from '../testing/scenes/values.ts';
import { addedWords, peopleLead } from './people.ts';

const inState = (changed: Partial<MailboxView>) => mailbox('mira@example.org', changed);

describe('what is said of people', () => {
  it.each([['off'], ['waiting'], ['needs-you']] as const)('claims no encryption while every mailbox is %s', (state) => {
    const mailboxes = [inState({ state })];
    expect(peopleLead(3, mailboxes)).toMatch(/No mailbox of yours encrypts now/);
    expect(addedWords('bob@example.org', mailboxes)).not.toMatch(/is encrypted from now on/);
  });

  it('says when mail is encrypted, and that other mail is not', () => {
    expect(peopleLead(12, [inState({ state: 'protected' })])).toBe(
      'Mail is encrypted when everyone on it is among these 12 people. Other mail goes as before.',
    );
    expect(peopleLead(1, [inState({ state: 'protected' })])).toMatch(/^Mail to this one person is encrypted\./);
  });

  it('names the button where the person presses it', () => {
    expect(peopleLead(2, [inState({ state: 'by-hand' })])).toMatch(/^Press Encrypt/);
    expect(addedWords('bob@example.org', [inState({ state: 'by-hand' })])).toMatch(/when you press Encrypt/);
  });

  it('names the mailboxes from which mail to somebody new is encrypted', () => {
    const mailboxes = [inState({ state: 'ready' }), mailbox('work@example.org', { state: 'off' })];
    expect(addedWords('bob@example.org', mailboxes)).toBe(
      'Mail from mira@example.org to bob@example.org is encrypted from now on.',
    );
  });
});
