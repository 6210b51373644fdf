import { randomBytes, randomUUID } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Redacted, type Failure, type Result } from '@endymail/shared/result';
import type { Reading } from '@endymail/shared/catalog';
import type { SequenceId } from '@endymail/shared/sealing';
import { newScene } from '../../../shared/catalog/testing/scene.ts';
import { newWorld, sequenceFor } from '../../../shared/catalog/testing/world.ts';
import { temporaryName } from '../own-files/replace-file.ts';
import { createMeshFiles, type MeshFiles } from './mesh-files.ts';

const { world, second, people, start, after } = await newScene();
const other = await newWorld();
const { profile } = world;
const LINKS = [Uint8Array.of(1, 2, 3), Uint8Array.of(4)];

const key = { homeId: randomUUID(), wrappingKey: new Redacted(Uint8Array.from(randomBytes(32))) };
let root = '';
let folder = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'endymail-mesh-'));
  folder = join(root, 'mesh');
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** As a new process has them. */
const files = (of = key): MeshFiles => createMeshFiles({ folder, key: of, inTurn: (work) => work() });

const valueOf = <T>(result: Result<T, Failure>): T => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};
const kept = async (sequence: SequenceId = people): Promise<Reading | null> =>
  valueOf(await files().reading(profile, sequence));
const names = (): string[] => readdirSync(folder).toSorted();
const rootFile = (): string => join(folder, `${people}.root`);

async function readingOf(...added: readonly string[]): Promise<Reading> {
  return after(
    start(),
    added.map((name) => [second, name]),
  );
}

describe('the links of a chain', () => {
  it('come back as they came, and are none before', async () => {
    expect(await files().links(profile.account)).toEqual({ ok: true, value: [] });
    valueOf(await files().saveLinks(profile.account, LINKS));
    expect(await files().links(profile.account)).toEqual({ ok: true, value: LINKS });
  });

  it('of another account are none, and go with all that was kept of it', async () => {
    valueOf(await files().saveLinks(profile.account, LINKS));
    valueOf(await files().saveReading(await readingOf('bob')));
    expect(await files().links(other.profile.account)).toEqual({ ok: true, value: [] });
    valueOf(await files().saveLinks(other.profile.account, LINKS));
    expect(names()).toEqual(['chain']);
    expect(await files().links(profile.account)).toEqual({ ok: true, value: [] });
  });

  it('that are damaged count as none', async () => {
    valueOf(await files().saveLinks(profile.account, LINKS));
    for (const content of ['', 'no CBOR', readFileSync(join(folder, 'chain')).subarray(1)]) {
      writeFileSync(join(folder, 'chain'), content);
      expect(await files().links(profile.account)).toEqual({ ok: true, value: [] });
    }
  });
});

describe('what was read of a sequence', () => {
  it('comes back in the next process, and is null before', async () => {
    expect(await kept()).toBeNull();
    const reading = await readingOf('bob', 'carol');
    valueOf(await files().saveReading(reading));
    expect(await kept()).toEqual(reading);
  });

  it('is replaced by what was read since; of parts that are the same, only one is there', async () => {
    const here = files();
    valueOf(await here.saveReading(await readingOf('bob')));
    const before = names();
    const reading = await readingOf('bob', 'carol');
    valueOf(await here.saveReading(reading));
    expect(await kept()).toEqual(reading);
    expect(names()).toHaveLength(before.length);
    const parts = names().map((name) => statSync(join(folder, name)).mtimeMs);
    valueOf(await here.saveReading(reading));
    const unchanged = names().filter((name, index) => statSync(join(folder, name)).mtimeMs === parts[index]);
    expect(unchanged).toEqual(names().filter((name) => !name.endsWith('.root')));
  });

  it('is the one of before, as a whole, after a crash between its parts and its root', async () => {
    const reading = await readingOf('bob');
    valueOf(await files().saveReading(reading));
    const before = readFileSync(rootFile());
    const partsBefore = names().map((name) => [name, readFileSync(join(folder, name))] as const);
    valueOf(await files().saveReading(await readingOf('bob', 'carol')));
    for (const [name, content] of partsBefore) writeFileSync(join(folder, name), content);
    writeFileSync(rootFile(), before);
    expect(await kept()).toEqual(reading);
    writeFileSync(temporaryName(folder, 'chain'), 'half');
    valueOf(await files().saveReading(reading));
    expect(names()).toHaveLength(partsBefore.length);
  });

  it('[SEC-6] of which a byte was changed, a part is missing or a file stands for another counts as not kept', async () => {
    valueOf(await files().saveReading(await readingOf('bob')));
    for (const name of names()) {
      const path = join(folder, name);
      const whole = readFileSync(path);
      const changed = Buffer.from(whole);
      changed[changed.length >> 1]! ^= 1;
      for (const content of [changed, whole.subarray(1), Buffer.alloc(0)]) {
        writeFileSync(path, content);
        expect(await kept()).toBeNull();
      }
      const another = names().find((one) => one !== name) ?? '';
      copyFileSync(join(folder, another), path);
      expect(await kept()).toBeNull();
      rmSync(path);
      expect(await kept()).toBeNull();
      writeFileSync(path, whole);
      expect(await kept()).not.toBeNull();
    }
  });

  it('[SEC-6] of another home, sequence or account counts as not kept', async () => {
    valueOf(await files().saveReading(await readingOf('bob')));
    expect(valueOf(await files({ ...key, homeId: randomUUID() }).reading(profile, people))).toBeNull();
    const settings = sequenceFor(world, 'settings');
    copyFileSync(rootFile(), join(folder, `${settings}.root`));
    expect(await kept(settings)).toBeNull();
    expect(valueOf(await files().reading({ ...profile, account: other.profile.account }, people))).toBeNull();
  });

  it('[SEC-2] can not be read in the files', async () => {
    valueOf(await files().saveReading(await readingOf('bob')));
    for (const name of names()) expect(readFileSync(join(folder, name)).includes('bob@example.test')).toBe(false);
  });

  it('can not be kept where the folder is a file', async () => {
    writeFileSync(folder, '');
    const saved = await files().saveReading(await readingOf('bob'));
    expect(saved.ok ? null : saved.error.code).toBe('home-unwritable');
    expect(existsSync(rootFile())).toBe(false);
  });
});
