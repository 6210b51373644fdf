import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { primaryPasswordSet, readCertificateStore } from '../../main/agent/mail-clients/thunderbird/reading/index.ts';
import { createTestHome, requirePrograms, type TestHome, type TestProfile } from '../harness/index.ts';
import { outcome, snapshot, within } from './bounds.ts';
import { createStoredProfile } from './stored-profile.ts';

requirePrograms('certutil', 'thunderbird');

let home: TestHome;
let profile: TestProfile;
let cert9: Buffer;
let key4: Buffer;

beforeAll(async () => {
  home = createTestHome('hostile');
  profile = await createStoredProfile(home);
  [cert9, key4] = [readFileSync(inProfile('cert9.db')), readFileSync(inProfile('key4.db'))];
});

afterAll(() => home.dispose());

beforeEach(() => {
  writeFileSync(inProfile('cert9.db'), cert9);
  writeFileSync(inProfile('key4.db'), key4);
});

const inProfile = (name: string): string => join(profile.folder, name);

describe('cert9.db and key4.db', () => {
  const CODES = ['ok', 'profile-malformed', 'profile-unreadable'];
  const read = async (): Promise<string> => {
    await within(() => primaryPasswordSet(profile.folder));
    return outcome(await within(() => readCertificateStore(profile.folder)));
  };
  const put = (name: 'cert9.db' | 'key4.db', bytes: Uint8Array): void => {
    writeFileSync(inProfile(name), bytes);
  };

  it('[SEC-30] with any bytes changed are read or refused, and stay as they are', async () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('cert9.db' as const, 'key4.db' as const), changes, async (name, list) => {
        const bytes = Buffer.from(name === 'cert9.db' ? cert9 : key4);
        // The first page, where the structure is, gets half of the changes.
        list.forEach(([at, byte], index) => (bytes[at % (index % 2 === 0 ? 4_096 : bytes.length)] = byte));
        put(name, bytes);
        expect(CODES).toContain(await read());
        expect(readFileSync(inProfile(name)).equals(bytes)).toBe(true);
        put('cert9.db', cert9);
        put('key4.db', key4);
      }),
      { numRuns: 300 },
    );
  });

  it('[SEC-30] cut anywhere are read or refused', async () => {
    for (let length = 0; length < cert9.length; length += 1_021) {
      put('cert9.db', cert9.subarray(0, length));
      put('key4.db', key4.subarray(0, length));
      expect(CODES).toContain(await read());
    }
  });

  it.each([
    [
      'a view that never ends',
      'CREATE VIEW nssPublic AS WITH RECURSIVE n(a0) AS (SELECT 1 UNION ALL SELECT a0 + 1 FROM n) SELECT a0, a0 AS a11 FROM n',
    ],
    [
      'a column that is computed',
      'CREATE TABLE nssPublic (id, a0 AS (hex(zeroblob(100000000))), a11 AS (hex(zeroblob(100000000)))); INSERT INTO nssPublic (id) VALUES (1)',
    ],
    ['a virtual table', 'CREATE VIRTUAL TABLE nssPublic USING fts5(a0, a11)'],
    ['other columns', 'CREATE TABLE nssPublic (x)'],
    ['nothing', 'CREATE TABLE other (x)'],
  ])('[SEC-30] with %s in place of the table run nothing of it and hold no certificates', async (_title, sql) => {
    writeFileSync(inProfile('cert9.db'), '');
    const database = new DatabaseSync(inProfile('cert9.db'));
    database.exec(sql);
    database.close();
    const store = await within(() => readCertificateStore(profile.folder));
    expect(store.ok && store.value.certificates).toEqual([]);
  });

  it('[SEC-30] with more, longer and other values than NSS writes are read within bounds', async () => {
    writeFileSync(inProfile('cert9.db'), '');
    const database = new DatabaseSync(inProfile('cert9.db'));
    database.exec('CREATE TABLE nssPublic (id, a0, a3, a11, a102)');
    const insert = database.prepare('INSERT INTO nssPublic VALUES (?, ?, ?, ?, ?)');
    const certificate = Buffer.from([0, 0, 0, 1]);
    database.exec('BEGIN');
    for (let id = 0; id < 60_000; id += 1)
      insert.run(id, certificate, null, Buffer.from(`not a certificate ${id}`), null);
    insert.run(60_000, certificate, Buffer.alloc(900_000), Buffer.alloc(900_000, 0x30), 'text');
    insert.run(60_001, 1, 2.5, 'text', null);
    database.exec('COMMIT');
    database.close();
    const store = await within(() => readCertificateStore(profile.folder));
    expect(store.ok && store.value.certificates.length).toBe(50_000);
  });

  it('[SEC-30] whose values together are larger than any store are refused', async () => {
    writeFileSync(inProfile('cert9.db'), '');
    const database = new DatabaseSync(inProfile('cert9.db'));
    database.exec('CREATE TABLE nssPublic (id, a0, a11); BEGIN');
    const insert = database.prepare('INSERT INTO nssPublic VALUES (?, ?, ?)');
    for (let id = 0; id < 1_100; id += 1) insert.run(id, Buffer.from([0, 0, 0, 1]), Buffer.alloc(64_000));
    database.exec('COMMIT');
    database.close();
    expect(await read()).toBe('profile-malformed');
  });

  it('[SEC-30] that ask for endless work to test a password get none, and count as protected', async () => {
    const database = new DatabaseSync(inProfile('key4.db'));
    const row = database.prepare("SELECT item2 FROM metaData WHERE id = 'password'").get();
    const item2 = Buffer.from(row?.['item2'] instanceof Uint8Array ? row['item2'] : []);
    // The iteration count of PBKDF2 is the INTEGER 1; three bytes of the salt before it make room for 2^31 - 1.
    const at = item2.indexOf(Buffer.from([0x02, 0x01, 0x01]));
    const salt = item2.indexOf(Buffer.from([0x04, 0x20]));
    expect(at).toBe(salt + 2 + 32);
    const endless = Buffer.concat([
      item2.subarray(0, salt),
      Buffer.from([0x04, 0x1d]),
      item2.subarray(salt + 2, salt + 2 + 29),
      Buffer.from([0x02, 0x04, 0x7f, 0xff, 0xff, 0xff]),
      item2.subarray(at + 3),
    ]);
    expect(endless.length).toBe(item2.length);
    database.prepare("UPDATE metaData SET item2 = ? WHERE id = 'password'").run(endless);
    database.close();
    expect(await within(() => primaryPasswordSet(profile.folder))).toBe(true);
  });

  it('[SEC-30] that are no files are refused at once', async () => {
    const odd = join(home.scratchFolder, 'odd-store');
    for (const [name, make] of Object.entries<(path: string) => void>({
      folder: (path) => {
        mkdirSync(path);
      },
      pipe: (path) => {
        execFileSync('mkfifo', [path]);
      },
      device: (path) => {
        symlinkSync('/dev/zero', path);
      },
    })) {
      mkdirSync(join(odd, name), { recursive: true });
      make(join(odd, name, 'cert9.db'));
      expect(outcome(await within(() => readCertificateStore(join(odd, name))))).toBe('profile-unreadable');
    }
    mkdirSync(join(odd, 'huge'));
    writeFileSync(join(odd, 'huge', 'cert9.db'), '');
    truncateSync(join(odd, 'huge', 'cert9.db'), 1024 ** 4);
    expect(outcome(await within(() => readCertificateStore(join(odd, 'huge'))))).toBe('profile-malformed');
  });

  it('[SEC-30] in another journal mode are read without a file being made beside them', async () => {
    const odd = join(home.scratchFolder, 'wal');
    mkdirSync(odd);
    writeFileSync(join(odd, 'cert9.db'), cert9);
    const database = new DatabaseSync(join(odd, 'cert9.db'));
    database.exec('PRAGMA journal_mode = WAL; UPDATE nssPublic SET a3 = NULL');
    database.close();
    const before = snapshot(odd);
    const store = await within(() => readCertificateStore(odd));
    expect(store.ok && store.value.certificates.map(({ label }) => label)).toEqual([null, null]);
    expect(snapshot(odd)).toEqual(before);
  });

  it('[SEC-30] that were left in the middle of a write are refused, and the journal stays for who may write', async () => {
    const database = new DatabaseSync(inProfile('cert9.db'));
    database.exec('PRAGMA cache_size = 1; BEGIN; UPDATE nssPublic SET a3 = zeroblob(20000)');
    const [half, journal] = [readFileSync(inProfile('cert9.db')), readFileSync(inProfile('cert9.db-journal'))];
    database.exec('ROLLBACK');
    database.close();
    const odd = join(home.scratchFolder, 'left');
    mkdirSync(odd);
    writeFileSync(join(odd, 'cert9.db'), half);
    writeFileSync(join(odd, 'cert9.db-journal'), journal);
    const before = snapshot(odd);
    expect(outcome(await within(() => readCertificateStore(odd)))).toBe('profile-malformed');
    expect(snapshot(odd)).toEqual(before);
  });
});
