import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstSequenceHead, type Head } from '@endymail/shared/identity';
import { utf8 } from '@endymail/shared/sealing';
import { MAIN, program } from '../testing/program.ts';
import {
  addDevice,
  entriesOf,
  openWorld,
  removeDevice,
  sequenceOf,
  settle,
  type Person,
  type World,
} from '../testing/world.ts';
import { verifyFolder } from './verify.ts';

let folder = '';
let worlds: World[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'endymail-backup-'));
});
afterEach(async () => {
  for (const world of worlds) await world.dispose();
  worlds = [];
  await rm(folder, { recursive: true, force: true });
});

const backup = (): string => join(folder, 'backup');
const fresh = (): string => join(folder, 'fresh');

/** A service that gives as much as is asked, on a folder of the test's own. */
async function worldIn(dataFolder: string): Promise<World> {
  const limits = { accountRequestsPerMinute: 1_000_000, addressRequestsPerMinute: 1_000_000 };
  const world = await openWorld({ dataFolder, limits });
  worlds.push(world);
  return world;
}

/** Appends one entry; gives the head with it in. */
async function append(world: World, person: Person, from: Head): Promise<Head> {
  const sequence = sequenceOf(person, 1);
  const { expected, entries } = await entriesOf(person, sequence, person.key, [utf8(`entry ${from.count}`)], from);
  const body = { expected, entries };
  const appended = await world.client(person.key).appendEntries({ account: person.account, sequence, body });
  if (!appended.ok) throw new Error(`Not appended: ${JSON.stringify(appended.error)}`);
  return appended.value;
}

async function entriesAt(world: World, person: Person): Promise<{ readonly head: Head; readonly entries: number }> {
  const sequence = sequenceOf(person, 1);
  const read = await world.client(person.key).readEntries({ account: person.account, sequence, from: 0 });
  if (!read.ok) throw new Error(`Not read: ${JSON.stringify(read.error)}`);
  return { head: read.value.head, entries: read.value.entries.length };
}

const emptyHead = (person: Person): Head => firstSequenceHead(person.account, sequenceOf(person, 1));

describe('a backup', () => {
  it('[SEC-140] made while devices write has all that was acknowledged before it began, and its copy goes on', async () => {
    const data = join(folder, 'data');
    const world = await worldIn(data);
    const people = await Promise.all(['alice', 'bob', 'carol'].map((name) => settle(world, name)));
    const heads = new Map<Person, Head[]>(people.map((person) => [person, [emptyHead(person)]]));
    let isOver = false;
    const writers = people.map(async (person) => {
      const seen = heads.get(person) ?? [];
      while (!isOver) seen.push(await append(world, person, seen.at(-1) ?? emptyHead(person)));
    });
    while ([...heads.values()].some((seen) => seen.length < 10)) await new Promise(setImmediate);
    const before = new Map([...heads].map(([person, seen]) => [person, seen.length - 1]));
    const made = await program(['backup', backup(), '--data', data]);
    isOver = true;
    await Promise.all(writers);
    expect([made.complained, made.code]).toEqual(['', 0]);
    for (const [person, seen] of heads) expect(seen.length - 1).toBeGreaterThan(before.get(person) ?? 0);

    expect(await verifyFolder(backup())).toMatchObject({ ok: true, value: { accounts: 3, findings: [] } });
    expect(await program(['restore', backup(), '--data', fresh()])).toMatchObject({ code: 0, complained: '' });
    await world.service.stop();
    const restored = await worldIn(fresh());
    expect(restored.service.service).toBe(world.service.service);
    for (const [person, seen] of heads) {
      const { head, entries } = await entriesAt(restored, person);
      expect(entries).toBeGreaterThanOrEqual(before.get(person) ?? 0);
      expect(head).toEqual(seen[head.count]);
      await append(restored, person, head);
      const device = await addDevice(restored, person);
      await removeDevice(restored, person, device);
    }
  });

  it('[SEC-140] is its owner’s alone, leaves what it copies as it is, and writes over nothing', async () => {
    const data = join(folder, 'data');
    const world = await worldIn(data);
    await settle(world, 'alice');
    await world.service.stop();
    const file = await readFile(join(data, 'mesh.sqlite'));
    expect(await program(['backup', backup(), '--data', data])).toMatchObject({ code: 0 });
    expect((await readdir(data)).toSorted()).toEqual(['mesh.sqlite', 'service-id']);
    expect((await readFile(join(data, 'mesh.sqlite'))).equals(file)).toBe(true);
    expect((await stat(backup())).mode & 0o777).toBe(0o700);
    const names = await readdir(backup());
    expect(names.toSorted()).toEqual(['mesh.sqlite', 'service-id']);
    for (const name of names) expect((await stat(join(backup(), name))).mode & 0o777).toBe(0o600);
    const again = await program(['backup', backup(), '--data', data]);
    expect(again).toMatchObject({ code: 1, complained: expect.stringContaining('There is something at') as string });
    const over = await program(['restore', backup(), '--data', data]);
    expect(over).toMatchObject({ code: 1, complained: expect.stringContaining('There is something at') as string });
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('[SEC-140] that is killed while it is made is not there, or is whole', async () => {
    const data = join(folder, 'data');
    await settle(await worldIn(data), 'alice');
    const killed = spawn(process.execPath, [MAIN, 'backup', backup(), '--data', data], { stdio: 'ignore' });
    const ended = once(killed, 'exit');
    while (killed.exitCode === null && (await readdir(folder)).length === 1) await new Promise(setImmediate);
    killed.kill('SIGKILL');
    await ended;
    const [verified, isThere] = [await verifyFolder(backup()), existsSync(backup())];
    expect(verified).toMatchObject(isThere ? { ok: true, value: { findings: [] } } : { ok: false, error: 'missing' });
    expect(await program(['backup', join(folder, 'next'), '--data', data])).toMatchObject({ code: 0 });
  });

  it('says in a sentence why there is none, and leaves nothing', async () => {
    const missing = join(folder, 'missing');
    expect((await program(['backup', backup(), '--data', missing])).complained).toBe(
      `There is no data of a mesh service in ${missing}.\n`,
    );
    expect((await program(['verify', missing])).complained).toBe(`There is no data of a mesh service in ${missing}.\n`);
    const data = join(folder, 'data');
    await (await worldIn(data)).service.stop();
    const far = join(folder, 'no', 'such', 'place');
    expect((await program(['backup', far, '--data', data])).complained).toContain(
      `The folder ${far} can not be written.`,
    );
    await writeFile(join(data, 'service-id'), 'no id\n');
    expect((await program(['backup', backup(), '--data', data])).complained).toContain('The file service-id in ');
    expect(await readdir(folder)).toEqual(['data']);
    expect((await program(['restore', data])).code).toBe(2);
    expect((await program(['burn', data])).code).toBe(2);
  });
});

describe('verifying', () => {
  /** A folder with an account that has a link and entries. */
  async function kept(): Promise<string> {
    const data = join(folder, 'data');
    const world = await worldIn(data);
    const alice = await settle(world, 'alice');
    await addDevice(world, alice);
    let head = emptyHead(alice);
    for (let index = 0; index < 3; index += 1) head = await append(world, alice, head);
    await world.service.stop();
    return data;
  }

  it('counts what there is', async () => {
    const data = await kept();
    expect(await verifyFolder(data)).toMatchObject({
      ok: true,
      value: { accounts: 1, links: 2, entries: 3, findings: [] },
    });
    expect(existsSync(join(data, 'mesh.sqlite-wal'))).toBe(false);
  });

  const LAST = '(SELECT max(id) FROM items)';
  it.each([
    ['an entry that is gone', `DELETE FROM items WHERE id = ${LAST} - 1`, 'entries'],
    ['an entry that is gone at the end', `DELETE FROM items WHERE id = ${LAST}`, 'entries'],
    [
      'two entries that changed places',
      `CREATE TEMP TABLE last AS SELECT max(id) AS id FROM items; UPDATE items SET id = -1 WHERE id = (SELECT id FROM last);
       UPDATE items SET id = id + 1 WHERE id = (SELECT id - 1 FROM last);
       UPDATE items SET id = (SELECT id - 1 FROM last) WHERE id = -1`,
      'entries',
    ],
    ['an entry of other bytes', `UPDATE items SET data = x'00' WHERE id = ${LAST}`, 'entries'],
    ['a head that is another', `UPDATE streams SET head = zeroblob(32) WHERE count = 3`, 'entries'],
    ['a link that is gone', 'DELETE FROM items WHERE id = (SELECT min(id) + 1 FROM items)', 'chain'],
    ['a bundle that is gone', 'DELETE FROM bundles', 'chain'],
    ['another account’s id', 'UPDATE accounts SET account = zeroblob(64)', 'chain'],
    ['a sequence that is gone', 'DELETE FROM streams WHERE count = 0', 'entries'],
    ['what is counted wrongly', 'UPDATE accounts SET bytes = bytes + 1', 'counted'],
  ])('[SEC-141] finds %s', async (_, sql, kind) => {
    const data = await kept();
    using database = new DatabaseSync(join(data, 'mesh.sqlite'));
    database.exec(sql);
    database.close();
    const verified = await verifyFolder(data);
    expect(verified.ok && verified.value.findings).toContainEqual({ kind, account: 1 });
  });

  it('[SEC-141] says in its own words what it finds, and restores nothing of it', async () => {
    const data = await kept();
    using database = new DatabaseSync(join(data, 'mesh.sqlite'));
    database.exec(`DELETE FROM items WHERE id = ${LAST}`);
    database.close();
    expect(await program(['restore', data, '--data', fresh()])).toEqual({
      code: 1,
      said: '',
      complained: 'Account 1: the entries are not right.\n',
    });
    expect(existsSync(fresh())).toBe(false);
  });

  it('[SEC-141] finds what belongs to nothing', async () => {
    const data = await kept();
    using database = new DatabaseSync(join(data, 'mesh.sqlite'));
    database.exec("INSERT INTO items (id, data) VALUES (99 * 16777216, x'00')");
    expect(await verifyFolder(data)).toMatchObject({ ok: true, value: { findings: [{ kind: 'strays', count: 1 }] } });
  });

  it('[SEC-141] finds pages that were overwritten', async () => {
    const data = await kept();
    const file = join(data, 'mesh.sqlite');
    using database = new DatabaseSync(file);
    const page = Number(
      database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'items'").get()?.['rootpage'],
    );
    database.close();
    const bytes = await readFile(file);
    bytes.fill(0xa5, (page - 1) * 8_192, page * 8_192);
    await writeFile(file, bytes);
    expect(await verifyFolder(data)).toMatchObject({ ok: true, value: { findings: [{ kind: 'not-whole' }] } });
  });
});
