import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT_CODES, failure, ok } from '@endymail/shared/result';
import type { MailAddress, MailboxList } from '@endymail/shared/mail';
import type { Agent } from '../../agent/index.ts';
import { address } from '../../agent/testing/profiles.ts';
import { ALICE, BOB_VIEW, DONE, endymail, row } from '../testing/fakes.ts';

const OWN = address('own@example.test');
const RESERVED = row('off', {
  address: OWN,
  suggested: false,
  reasons: [failure('own-setup', 'This mailbox has an OpenPGP key of your own.')],
});

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-walk-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** An agent whose mailboxes become ready when they are enabled, and off again. */
function livingAgent() {
  let list: MailboxList = { rows: [row('off'), RESERVED], problems: [] };
  const enabled: MailAddress[][] = [];
  const agent: Partial<Agent> = {
    mailboxes: () => Promise.resolve(ok(list)),
    enable: (addresses) => {
      enabled.push([...addresses]);
      list = {
        ...list,
        rows: list.rows.map((one) => (addresses.includes(one.address) ? { ...one, state: 'ready' } : one)),
      };
      return Promise.resolve(ok(DONE));
    },
    disable: () => {
      list = { ...list, rows: list.rows.map((one) => ({ ...one, state: 'off' })) };
      return Promise.resolve(ok(DONE));
    },
  };
  return { agent, enabled };
}

describe('without a terminal', () => {
  it('says what it found and the next command, and ends', async () => {
    const { exit, out, questions } = await endymail([]);
    expect(exit).toBe(0);
    expect(out).toContain(ALICE);
    expect(out).toContain(`endymail plan ${ALICE}`);
    expect(questions).toEqual([]);
  });

  it('changes nothing that was not wanted before', async () => {
    const { agent, enabled } = livingAgent();
    await endymail([], { agent });
    await endymail(['--json'], { agent, answers: [] });
    expect(enabled).toEqual([]);
  });

  it.each(['no-client', 'client-unused', 'only-other-clients', 'no-mailbox'] as const)(
    'ends with 5 and one sentence: %s',
    async (code) => {
      const mailboxes = () => Promise.resolve(ok({ rows: [], problems: [failure(code)] }));
      const { exit, notes } = await endymail([], { agent: { mailboxes } });
      expect(exit).toBe(EXIT_CODES.nothingFound);
      expect(notes).toContain(failure(code).message);
    },
  );
});

describe('in a terminal', () => {
  it('ticks what is suggested, says why not the others, and enables', async () => {
    const { agent, enabled } = livingAgent();
    const { exit, notes, questions } = await endymail([], { agent, answers: [true, true, 'quit'] });
    expect(exit).toBe(0);
    expect(questions).toEqual(['Which mailboxes shall be protected?', 'Do this?', 'What would you like to do?']);
    expect(notes).toContain(`${OWN} is not ticked: This mailbox has an OpenPGP key of your own.`);
    expect(notes).toContain(`${ALICE}: Ready.`);
    expect(notes).toContain('endymail share');
    expect(enabled).toEqual([[ALICE]]);
  });

  it.each([
    ['the list', [null]],
    ['the last question', [true, false]],
  ])('leaves everything as it is when the person leaves at %s', async (_where, answers) => {
    const { agent, enabled } = livingAgent();
    const { exit } = await endymail([], { agent, answers });
    expect(exit).toBe(EXIT_CODES.needsPerson);
    expect(enabled).toEqual([]);
  });

  it('is the home with its menu once something is set up', async () => {
    const { agent } = livingAgent();
    await endymail(['enable', ALICE, '--yes'], { agent });
    const out = join(folder, 'alice.endymail');
    const answers = ['share', out, 'people', 'disable', true, null];
    const { exit, notes } = await endymail([], {
      agent: { ...agent, people: () => Promise.resolve(ok([BOB_VIEW])) },
      answers,
    });
    expect(exit).toBe(0);
    expect(readFileSync(out, 'utf8')).toContain('public-part');
    expect(notes).toContain(BOB_VIEW.fingerprint);
    expect(notes).toContain('What Endymail had set is taken back');
  });

  it('says what fails and comes back to the menu', async () => {
    const { agent } = livingAgent();
    await endymail(['enable', ALICE, '--yes'], { agent });
    const { exit, notes } = await endymail([], { agent, answers: ['import', join(folder, 'missing'), 'quit'] });
    expect(exit).toBe(0);
    expect(notes).toContain('can not be read');
  });
});
