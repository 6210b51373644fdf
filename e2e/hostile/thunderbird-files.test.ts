import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  discoverThunderbird,
  parsePrefs,
  readPrefsFile,
} from '../../main/agent/mail-clients/thunderbird/reading/index.ts';
import type { System } from '../../main/agent/system.ts';
import { createTestHome, requirePrograms, type TestHome, type TestProfile } from '../harness/index.ts';
import { outcome, snapshot, within } from './bounds.ts';
import { createStoredProfile } from './stored-profile.ts';

requirePrograms('certutil', 'thunderbird');

let home: TestHome;
let profile: TestProfile;
let cert9: Buffer;
let key4: Buffer;
let prefsJs: string;

beforeAll(async () => {
  home = createTestHome('hostile');
  profile = await createStoredProfile(home);
  [cert9, key4] = [readFileSync(inProfile('cert9.db')), readFileSync(inProfile('key4.db'))];
  prefsJs = readFileSync(inProfile('prefs.js'), 'utf8');
});

afterAll(() => home.dispose());

beforeEach(() => {
  writeFileSync(inProfile('cert9.db'), cert9);
  writeFileSync(inProfile('key4.db'), key4);
  writeFileSync(inProfile('prefs.js'), prefsJs);
});

const inProfile = (name: string): string => join(profile.folder, name);

const systemOf = (folder: string): System => ({ platform: 'linux', homeDir: folder, env: {}, now: () => new Date() });

describe('prefs.js', () => {
  const CODES = ['ok', 'profile-malformed'];

  it('[SEC-30] of any text is taken or refused, and printed as it was', () => {
    const pieces = fc.constantFrom(
      'user_pref(',
      '"',
      "'",
      '\\',
      ',',
      ')',
      ';',
      '/*',
      '*/',
      '//',
      '#',
      '\n',
      '\r\n',
      '-',
      '7',
      'true',
      'a',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 60 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const prefs = parsePrefs(text);
        expect(CODES).toContain(outcome(prefs));
        if (prefs.ok) expect(prefs.value.toString()).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  it('[SEC-30] of any bytes is taken or refused, and stays as it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), async (bytes) => {
        writeFileSync(inProfile('prefs.js'), bytes);
        expect(CODES).toContain(outcome(await readPrefsFile(inProfile('prefs.js'))));
        expect(readFileSync(inProfile('prefs.js'))).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it.each<[string, string]>([
    ['opened and never closed', 'user_pref('],
    ['quotes', '"'],
    ['backslashes', '"\\'],
    ['comments in comments', '/*'],
    ['half escapes', '"\\u'],
    ['empty statements', ';'],
    ['line ends', '\r'],
    ['statements', 'user_pref("a", 1);'],
    ['blanks', ' '],
    ['words', 'a '],
  ])('[SEC-30] of 16 MiB of %s takes a bounded time', async (_title, piece) => {
    const text = piece.repeat(Math.floor((16 * 1024 * 1024) / piece.length));
    await within(() => {
      const prefs = parsePrefs(text);
      if (prefs.ok) prefs.value.set('b', 1).set('a', null).set('b', null).toString();
    });
  });

  it('[SEC-30] cut at any place is never taken for a shorter list of accounts', () => {
    const whole = parsePrefs(prefsJs);
    if (!whole.ok) throw new Error(whole.error.message);
    const names = whole.value.names();
    fc.assert(
      fc.property(fc.nat({ max: prefsJs.length }), (length) => {
        const cut = parsePrefs(prefsJs.slice(0, length));
        // What is left is whole lines: what a person could have deleted, and no value that was never there.
        if (cut.ok) for (const name of cut.value.names()) expect(cut.value.get(name)).toBe(whole.value.get(name));
        if (cut.ok) expect(names.slice(0, cut.value.names().length)).toEqual(cut.value.names());
      }),
    );
  });

  it('[SEC-30] that is no file is refused at once', async () => {
    const odd = join(home.scratchFolder, 'odd-prefs');
    mkdirSync(join(odd, 'folder'), { recursive: true });
    execFileSync('mkfifo', [join(odd, 'pipe')]);
    symlinkSync('/dev/zero', join(odd, 'device'));
    symlinkSync('loop', join(odd, 'loop'));
    writeFileSync(join(odd, 'huge'), '');
    truncateSync(join(odd, 'huge'), 1024 ** 4);
    for (const name of ['folder', 'pipe', 'device', 'loop']) {
      expect([name, outcome(await within(() => readPrefsFile(join(odd, name))))]).toEqual([name, 'profile-unreadable']);
    }
    expect(outcome(await within(() => readPrefsFile(join(odd, 'huge'))))).toBe('profile-malformed');
  });
});

describe('discovery', () => {
  it('[SEC-30] of any profiles.ini, compatibility.ini, policies.json and user.js ends, and names what is wrong', async () => {
    const words = fc.constantFrom(
      '[',
      ']',
      'Profile0',
      'Install',
      'Path=',
      'IsRelative=0',
      '../',
      '/',
      '=',
      '\n',
      '\r',
      ';',
      '\uFEFF',
      '\0',
      'a',
      '{',
      '"',
      '}',
      '[Compatibility]\nLastVersion=',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words, { maxLength: 40 }).map((all) => all.join('')),
    );
    const folder = join(home.folder, 'fuzzed');
    const root = join(folder, '.thunderbird');
    mkdirSync(join(root, 'p', 'policies'), { recursive: true });
    writeFileSync(join(root, 'p', 'prefs.js'), prefsJs);
    const named = '[Profile0]\nPath=p\n';
    await fc.assert(
      fc.asyncProperty(
        texts,
        texts,
        fc.oneof(texts, fc.json()),
        texts,
        async (ini, compatibility, policies, userJs) => {
          writeFileSync(join(root, 'profiles.ini'), `${named}${ini}`);
          writeFileSync(join(root, 'p', 'compatibility.ini'), compatibility);
          writeFileSync(join(root, 'p', 'policies', 'policies.json'), policies);
          writeFileSync(join(root, 'p', 'user.js'), userJs);
          const found = await within(() => discoverThunderbird(systemOf(folder), { systemFolder: join(root, 'p') }));
          expect(Array.isArray(found.profiles)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each([
    ['deep', '{"policies":'.repeat(100_000)],
    ['deep and closed', `{"policies":{"Preferences":{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}}}`],
    ['of another shape', '{"policies":{"Preferences":[1,2,3]}}'],
    ['poisonous', '{"policies":{"Preferences":{"__proto__":{"Value":true,"Status":"locked"},"constructor":true}}}'],
    ['large', `{"policies":{"Preferences":{"a":"${'x'.repeat(5 * 1024 * 1024)}"}}}`],
  ])('[SEC-30] goes on past policies that are %s', async (_title, policies) => {
    const folder = join(home.scratchFolder, 'system');
    mkdirSync(join(folder, 'policies'), { recursive: true });
    writeFileSync(join(folder, 'policies', 'policies.json'), policies);
    const { profiles } = await within(() => discoverThunderbird(systemOf(home.folder), { systemFolder: folder }));
    expect(profiles[0]?.identities.map(({ address }) => address)).toEqual(['alice@example.test']);
    expect(profiles[0]?.overruled).toEqual([]);
  });

  it('[SEC-30] writes nothing, whatever it meets', async () => {
    const folder = join(home.scratchFolder, 'all');
    const root = join(folder, '.thunderbird');
    const names = ['good', 'cut', 'binary', 'stores', 'user', 'deleted'];
    for (const name of names.filter((each) => each !== 'deleted')) {
      mkdirSync(join(root, name), { recursive: true });
      writeFileSync(join(root, name, 'prefs.js'), prefsJs);
      writeFileSync(join(root, name, 'cert9.db'), cert9);
      writeFileSync(join(root, name, 'key4.db'), key4);
    }
    writeFileSync(join(root, 'cut', 'prefs.js'), prefsJs.slice(0, -5));
    writeFileSync(join(root, 'binary', 'prefs.js'), cert9);
    writeFileSync(join(root, 'stores', 'cert9.db'), cert9.subarray(0, 9_000));
    writeFileSync(join(root, 'stores', 'key4.db'), 'x');
    writeFileSync(join(root, 'user', 'user.js'), '\0');
    const sections = names.map((name, index) => `[Profile${index}]\nName=${name}\nPath=${name}\n`);
    writeFileSync(join(root, 'profiles.ini'), sections.join(''));
    const before = snapshot(folder);
    const found = await within(() => discoverThunderbird(systemOf(folder), { systemFolder: join(folder, 'none') }));
    expect(snapshot(folder)).toEqual(before);
    const told = found.profiles.map(({ name, identities, problems }) => [
      name,
      identities.length,
      problems.map(({ code }) => code),
    ]);
    expect(told).toEqual([
      ['good', 1, []],
      ['cut', 0, ['profile-malformed']],
      ['binary', 0, ['profile-malformed']],
      // Discovery does not look into the certificate store; the plan for the profile says what is wrong with it.
      ['stores', 1, []],
      ['user', 1, ['profile-malformed']],
    ]);
  });
});
