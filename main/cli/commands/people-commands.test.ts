import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT_CODES, failure, ok } from '@endymail/shared/result';
import type { Agent, WorkReport } from '../../agent/index.ts';
import { ALICE, BOB, BOB_VIEW, DONE, PROFILE, endymail, row } from '../testing/fakes.ts';

const RUNNING: WorkReport = { done: [], waiting: [{ profile: PROFILE, why: failure('client-running') }] };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-cli ü-'));
  writeFileSync(path('bob.endymail'), '{}');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const path = (name: string): string => join(folder, name);

describe('people', () => {
  const importing = () => {
    const calls: string[] = [];
    const addPerson: Agent['addPerson'] = (_text, fingerprint) => {
      calls.push(fingerprint);
      return Promise.resolve(ok(DONE));
    };
    return {
      agent: { addPerson, mailboxes: () => Promise.resolve(ok({ rows: [row('protected')], problems: [] })) },
      calls,
    };
  };

  it('are shown with their fingerprint before they are used', async () => {
    const { agent, calls } = importing();
    const { notes, out, exit } = await endymail(['import-peer', path('bob.endymail')], { agent, answers: [true] });
    expect(exit).toBe(0);
    expect(notes).toContain(BOB_VIEW.fingerprint);
    expect(calls).toEqual([BOB_VIEW.fingerprint]);
    expect(out).toContain(`Mail from ${ALICE} to ${BOB} is encrypted from now on.`);
  });

  it('are shown with what it means that a certificate has ended', async () => {
    const listing = (certificateExpiresAt: string) =>
      endymail(['peers'], {
        agent: { people: () => Promise.resolve(ok([{ ...BOB_VIEW, certificateExpiresAt }])) },
      });
    expect((await listing('2020-01-02T00:00:00.000Z')).out).toContain(
      '! Certificate  ended on 2020-01-02: mail to them goes unencrypted. Ask them for their new file.',
    );
    expect((await listing('2999-01-02T00:00:00.000Z')).out).toContain('  Certificate  valid until 2999-01-02');
  });

  it('are not used without a person who says so', async () => {
    const { agent, calls } = importing();
    const alone = await endymail(['import-peer', path('bob.endymail')], { agent });
    expect(alone.exit).toBe(EXIT_CODES.needsPerson);
    expect(alone.notes).toContain(BOB_VIEW.fingerprint);
    await endymail(['import-peer', path('bob.endymail')], { agent, answers: [false] });
    expect(calls).toEqual([]);
  });

  it.each([
    ['off', 'once a mailbox of yours is enabled'],
    ['by-hand', 'when you press Encrypt'],
    ['needs-you', 'no mailbox of yours can encrypt now'],
  ] as const)('bring no promise where the mailbox is %s', async (state, says) => {
    const agent = { mailboxes: () => Promise.resolve(ok({ rows: [row(state)], problems: [] })) };
    const { out } = await endymail(['import-peer', path('bob.endymail'), '--yes'], { agent });
    expect(out).toContain(says);
    expect(out).not.toContain('from now on');
  });

  it.each([
    ['import-peer', (): string[] => ['import-peer', path('bob.endymail'), '--yes']],
    ['remove-peer', (): string[] => ['remove-peer', BOB, '--yes']],
    ['settings', (): string[] => ['settings', '--auto-disable', 'off']],
  ])('%s waits for Thunderbird with --wait, else leaves it for the next chance', async (_name, args) => {
    const running = () => Promise.resolve(ok(RUNNING));
    let reconciled = 0;
    const reconcile: Agent['reconcile'] = () => {
      reconciled += 1;
      return Promise.resolve(ok(DONE));
    };
    const agent = { addPerson: running, removePerson: running, changeSettings: running, reconcile };
    expect((await endymail(args(), { agent })).exit).toBe(EXIT_CODES.needsPerson);
    expect(reconciled).toBe(0);
    expect((await endymail([...args(), '--wait'], { agent })).exit).toBe(0);
    expect(reconciled).toBe(1);
  });

  it('are listed', async () => {
    const agent: Partial<Agent> = { people: () => Promise.resolve(ok([BOB_VIEW])) };
    expect((await endymail(['peers'], { agent })).out).toContain(BOB_VIEW.fingerprint);
    expect((await endymail(['peers', '--json'], { agent })).json()).toEqual({ people: [BOB_VIEW] });
  });

  it('[SEC-30] do not come from a file without end', async () => {
    writeFileSync(path('huge'), 'x'.repeat(70_000));
    const { json } = await endymail(['import-peer', path('huge'), '--json']);
    expect(json()).toMatchObject({ error: { code: 'file-unreadable' } });
  });
});
