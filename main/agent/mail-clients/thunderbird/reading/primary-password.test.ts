import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { primaryPasswordSet } from './primary-password.ts';

let profile = '';

beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'endymail-password-'));
});

afterEach(() => {
  rmSync(profile, { recursive: true, force: true });
});

/** A key database with this row `password` in its `metaData`, as softoken's sdb.c lays it out. */
function putKeyDatabase(globalSalt: string, blob: string): void {
  const database = new DatabaseSync(join(profile, 'key4.db'));
  database.exec('CREATE TABLE metaData (id PRIMARY KEY UNIQUE ON CONFLICT REPLACE, item1, item2)');
  database
    .prepare('INSERT INTO metaData VALUES (?, ?, ?)')
    .run('password', Buffer.from(globalSalt, 'hex'), Buffer.from(blob, 'hex'));
  database.close();
}

// Check values of two Firefox profiles that were published with exercises in forensics, in the DER they came in.
// Neither has a primary password. NSS before 3.49 made the first, a later one the second.
const SHA1_3DES = {
  globalSalt: 'db8e223cef34f55b9458f52286120b8fb5293c95',
  blob: '303c3028060b2a864886f70d010c050103301904140bce4aaf96a7014248b28512e528c9e9a75c30f202010104102065c62fe9dc4d8352677299cc0f2cb8',
};
const PBES2_AES = {
  globalSalt: 'd215c391179edb56af928a06c627906bcbd4bd47',
  blob: '308181306d06092a864886f70d01050d3060304106092a864886f70d01050c303404205d573772912b3c198b1e3ee43ccb0f03b0b23e46d51c34a2a055e00ebcd240f5020101020120300a06082a864886f70d0209301b060960864801650304012a040e1baafcd931194d48f8ba5775a41f041012e56d1c8458235a4136b280bd7ef9cf',
};

describe.each([
  ['the old form (SHA-1, 3DES)', SHA1_3DES],
  ['the present form (PBES2, AES)', PBES2_AES],
])('a key database in %s', (_title, { globalSalt, blob }) => {
  it('is seen to have no primary password', async () => {
    putKeyDatabase(globalSalt, blob);
    expect(await primaryPasswordSet(profile)).toBe(false);
  });

  it('that does not open with the empty password is protected', async () => {
    putKeyDatabase(globalSalt.replace(/^d/, 'e'), blob);
    expect(await primaryPasswordSet(profile)).toBe(true);
  });
});

describe('a key database', () => {
  it('that is not there, is empty, or holds no check value, says nothing', async () => {
    expect(await primaryPasswordSet(profile)).toBeNull();
    writeFileSync(join(profile, 'key4.db'), '');
    expect(await primaryPasswordSet(profile)).toBeNull();
    const database = new DatabaseSync(join(profile, 'key4.db'));
    database.exec('CREATE TABLE metaData (id PRIMARY KEY UNIQUE ON CONFLICT REPLACE, item1, item2)');
    database.close();
    expect(await primaryPasswordSet(profile)).toBeNull();
  });

  it('in a form that is not known counts as protected', async () => {
    putKeyDatabase(PBES2_AES.globalSalt, PBES2_AES.blob.replace('2a864886f70d01050d', '2a864886f70d01050e'));
    expect(await primaryPasswordSet(profile)).toBe(true);
  });
});
