import type { ChainLink, MailboxCheck, MailboxState } from '@endymail/shared/mail';
import { failure, type Failure } from '@endymail/shared/result';
import { describe, expect, it } from 'vitest';
import { brokenAt, CHANGED, check } from '../testing/scenes/checks.ts';
import { verdictOf } from './verdict.ts';

const ADDRESS = 'mira@example.org';

const verdict = (changed: Partial<MailboxCheck>, state: MailboxState = 'needs-you', reasons: readonly Failure[] = []) =>
  verdictOf(check(ADDRESS, changed), { state, reasons });

const brokenLink = (link: ChainLink, why?: Failure) => ({ steps: brokenAt(link, 'It does not hold.', why) });

describe('what a check means', () => {
  it.each(['account', 'keys', 'certificate', 'client', 'delivery'] as const)(
    'claims no encryption where the link %s does not hold',
    (link) => {
      expect(verdict(brokenLink(link), 'protected').title).not.toMatch(/is encrypted/);
    },
  );

  it.each([
    ['account', 'look-again'],
    ['keys', 'enable-again'],
    ['certificate', 'enable-again'],
    ['client', 'put-back'],
  ] as const)('offers for a broken %s the button %s', (link, action) => {
    expect(verdict(brokenLink(link)).action).toBe(action);
  });

  it('leaves to the person what was changed by hand, whether it breaks the chain or not', () => {
    expect(verdict({ ...brokenLink('client', failure('changed-by-hand')) }).action).toBe('put-back-or-leave');
    expect(verdict({ changedByHand: CHANGED }).action).toBe('put-back-or-leave');
  });

  it('says what Endymail can not mend, with what the person can', () => {
    const fixed = verdict(brokenLink('client', failure('settings-overruled')));
    expect(fixed.title).toMatch(/fixed by whoever manages this computer/);
    expect(fixed.action).toBe('look-again');
  });

  it('says what stands in the way before what follows from it', () => {
    const stopped = verdict(brokenLink('keys'), 'needs-you', [failure('primary-password')]);
    expect(stopped.text).toMatch(/take the primary password off/);
    expect(stopped.action).toBe('try-again');
    expect(verdict(brokenLink('keys'), 'needs-you', [failure('not-set-up')]).action).toBe('enable-again');
  });

  it('waits for Thunderbird to be closed', () => {
    expect(verdict(brokenLink('keys'), 'waiting').action).toBe('closed-it');
  });

  it('says to how many people mail is encrypted, and that other mail is not', () => {
    expect(verdict({ people: 1 }, 'protected')).toMatchObject({
      title: 'Mail to one person is encrypted.',
      action: 'none',
    });
    expect(verdict({ people: 2 }, 'protected').text).toMatch(/^Mail to everyone else goes as before\./);
  });

  it('claims no encryption where nobody is known, or the person presses Encrypt', () => {
    expect(verdict({ people: 0 }, 'ready').text).toMatch(/Until then mail goes as before\.$/);
    expect(verdict({}, 'by-hand').title).toMatch(/you press Encrypt/);
  });
});
