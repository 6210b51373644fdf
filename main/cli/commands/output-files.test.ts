import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT_CODES, err, failure, ok } from '@endymail/shared/result';
import type { Agent } from '../../agent/index.ts';
import { ALICE, PKCS12, endymail } from '../testing/fakes.ts';

const SECRET = 'four random words here';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-cli ü-'));
  writeFileSync(path('pass'), `${SECRET}\n`, { mode: 0o600 });
  writeFileSync(path('bob.endymail'), '{}');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const path = (name: string): string => join(folder, name);
const modeOf = (name: string): number => statSync(path(name)).mode & 0o777;

describe('files for others', () => {
  it('share prints the public part alone on stdout, and the fingerprint beside it', async () => {
    const { json, notes } = await endymail(['share', ALICE]);
    expect(json()).toEqual({ endymail: 'public-part' });
    expect(notes).toContain('DDDD-EEEE');
  });

  it('share writes a file that others may read', async () => {
    const { exit } = await endymail(['share', ALICE, '--out', path('alice.endymail')]);
    expect(exit).toBe(0);
    expect(readFileSync(path('alice.endymail'), 'utf8')).toBe('{"endymail":"public-part"}\n');
    expect(modeOf('alice.endymail')).toBe(0o644);
  });

  it.each([
    ['share', ['share', ALICE]],
    ['export', ['export', ALICE]],
    ['backup', ['backup']],
  ])('%s never writes over a file, and asks for nothing first', async (_name, args) => {
    const { exit, questions } = await endymail([...args, '--out', path('bob.endymail')], { answers: [] });
    expect(exit).toBe(EXIT_CODES.usage);
    expect(questions).toEqual([]);
    expect(readFileSync(path('bob.endymail'), 'utf8')).toBe('{}');
  });

  it('[SEC-7] export and backup are for their owner alone', async () => {
    const pass = path('pass');
    await endymail(['export', ALICE, '--out', path('a.p12'), '--p12-passphrase-file', pass]);
    await endymail(['backup', '--out', path('all'), '--backup-passphrase-file', pass]);
    expect([modeOf('a.p12'), modeOf('all')]).toEqual([0o600, 0o600]);
    expect(readFileSync(path('a.p12'), 'utf8')).toBe(PKCS12);
    expect(readFileSync(path('all'), 'utf8')).toBe('sealed');
  });

  it('leave nothing behind where they can not be made', async () => {
    const { exit } = await endymail(['share', ALICE, '--out', path('no/such/folder')]);
    expect(exit).toBe(EXIT_CODES.failed);
    expect(readdirSync(folder).sort()).toEqual(['bob.endymail', 'pass']);
  });
});

describe('passphrases', () => {
  const exported = ['export', ALICE, '--json'];

  it('[SEC-1] appear in no output, whatever comes of the command', async () => {
    const pass = path('pass');
    const seen: string[] = [];
    const agents: Partial<Agent>[] = [
      {},
      {
        exportKey: () => Promise.resolve(err(failure('mailbox-not-enabled'))),
        backup: () => Promise.resolve(err(failure('disk-full'))),
      },
    ];
    for (const [index, agent] of agents.entries()) {
      for (const json of [[], ['--json']]) {
        const out = path(`out-${index}-${json.length}`);
        const told = [
          await endymail(['export', ALICE, '--out', `${out}.p12`, '--p12-passphrase-file', pass, ...json], { agent }),
          await endymail(['backup', '--out', out, '--passphrase-file', pass, ...json], { agent }),
          await endymail(['export', ALICE, '--out', `${out}.2`], { agent, answers: [SECRET, SECRET] }),
          await endymail(['export', ALICE, '--out', `${out}.3`], { agent, answers: [SECRET, 'something else'] }),
        ];
        seen.push(...told.flatMap(({ out: printed, notes, questions }) => [printed, notes, ...questions]));
      }
    }
    expect(seen.join('\n')).not.toContain(SECRET);
    expect(seen.join('\n')).not.toContain(PKCS12);
  });

  it('[SEC-1] of any form reach the agent as they are and no output, also when the agent fails or stumbles', async () => {
    const anySecret = fc.string({ unit: 'grapheme', minLength: 12 }).filter((text) => !/[\r\n]/.test(text));
    const ends = fc.constantFrom('ok', 'fails', 'stumbles');
    await fc.assert(
      fc.asyncProperty(anySecret, ends, fc.boolean(), async (secret, end, json) => {
        const got: string[] = [];
        const backup: Agent['backup'] = (passphrase) => {
          got.push(passphrase.reveal());
          if (end === 'stumbles') throw new Error(`Not understood: ${passphrase.reveal()}`);
          return Promise.resolve(end === 'ok' ? ok(new Uint8Array()) : err(failure('disk-full', undefined, '')));
        };
        writeFileSync(path('any'), `${secret}\n`, { mode: 0o600 });
        rmSync(path('sealed'), { force: true });
        const args = ['backup', '--out', path('sealed'), '--backup-passphrase-file', path('any')];
        const { out, notes } = await endymail([...args, ...(json ? ['--json'] : [])], { agent: { backup } });
        expect(got).toEqual([secret]);
        expect(out + notes).not.toContain(secret);
      }),
      { numRuns: 60 },
    );
  });

  it('are typed twice when they are new', async () => {
    const { questions, exit } = await endymail(['backup', '--out', path('b')], { answers: [SECRET, SECRET] });
    expect(exit).toBe(0);
    expect(questions).toHaveLength(2);
    const differs = await endymail(['backup', '--out', path('c')], { answers: [SECRET, 'another one, a typo'] });
    expect(differs.exit).toBe(EXIT_CODES.usage);
  });

  it('are needed', async () => {
    const { exit, json } = await endymail([...exported, '--out', path('a.p12')]);
    expect(exit).toBe(EXIT_CODES.usage);
    expect(json()).toMatchObject({ error: { code: 'passphrase-needed' } });
  });

  it('in a file that others can read bring a warning', async () => {
    writeFileSync(path('open'), SECRET, { mode: 0o644 });
    const { notes, exit } = await endymail(['backup', '--out', path('b'), '--passphrase-file', path('open')]);
    expect(exit).toBe(0);
    expect(notes).toContain('chmod 600');
  });

  it('[SEC-30] in a file that is too long, empty or missing are refused', async () => {
    writeFileSync(path('long'), 'x'.repeat(4_097), { mode: 0o600 });
    writeFileSync(path('empty'), '\n', { mode: 0o600 });
    for (const name of ['long', 'empty', 'missing']) {
      const { json } = await endymail([...exported, '--out', path('a.p12'), '--p12-passphrase-file', path(name)]);
      expect(json()).toMatchObject({ error: { code: 'passphrase-file' } });
    }
  });

  it('of a file keychain are asked for once, and twice only when it is new', async () => {
    for (const [kept, typed] of [
      ['file', [SECRET]],
      [null, [SECRET, SECRET]],
    ] as const) {
      const { questions } = await endymail(['peers', '--keychain', 'file'], {
        answers: typed,
        rememberedKeychain: () => Promise.resolve(kept),
        openAgent: async ({ passphrase }) => {
          const first = await passphrase();
          const again = await passphrase();
          expect(first.ok && first.value.reveal()).toBe(SECRET);
          expect(again).toEqual(first);
          return err(failure('peer-unknown'));
        },
      });
      expect(questions).toHaveLength(typed.length);
    }
  });
});
