import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAnchor, transportKey } from '../../main/agent/certificates/index.ts';
import {
  knownPeople,
  primaryPasswordSet,
  readCertificateStore,
} from '../../main/agent/mail-clients/thunderbird/reading/index.ts';
import {
  addCertificate,
  createTestHome,
  createTestPerson,
  createThunderbirdHandle,
  createThunderbirdProfile,
  inPrivateFolder,
  listCertificates,
  putIntoStore,
  requirePrograms,
  runProgram,
  startThunderbird,
  THUNDERBIRD_FOLDER,
  type TestHome,
  type TestPerson,
  type TestProfile,
  type ThunderbirdHandle,
} from '../harness/index.ts';
import { withoutWriting } from './without-writing.ts';

requirePrograms('thunderbird', 'certutil', 'pk12util');

let home: TestHome;
let profile: TestProfile;
let handle: ThunderbirdHandle;
let alice: TestPerson;
let bob: TestPerson;

beforeAll(async () => {
  home = createTestHome('store');
  profile = createThunderbirdProfile({
    home,
    identities: [{ address: 'alice@example.test', name: 'Alice' }],
    smtpPort: 9,
  });
  handle = createThunderbirdHandle(profile);
  alice = await createTestPerson('alice@example.test', 'Alice');
  bob = await createTestPerson('bob@example.test', 'Bob');
});

afterAll(() => home.dispose());

interface Seen {
  readonly sha256: string;
  readonly trusted: boolean;
  readonly key: boolean;
}

const sha256 = (der: Uint8Array): string => createHash('sha256').update(der).digest('hex');
const bySha256 = <T extends { readonly sha256: string }>(seen: readonly T[]): T[] =>
  seen.toSorted((one, other) => (one.sha256 < other.sha256 ? -1 : 1));

async function seen(): Promise<Seen[]> {
  const store = await readCertificateStore(profile.folder);
  if (!store.ok) throw new Error(store.error.message);
  return bySha256(
    store.value.certificates.map(({ der, trustedForMail, hasPrivateKey }) => ({
      sha256: sha256(der),
      trusted: trustedForMail,
      key: hasPrivateKey,
    })),
  );
}

/** What Thunderbird itself says of the same store. */
async function seenByThunderbird(): Promise<Omit<Seen, 'key'>[]> {
  const listed = await listCertificates(await handle.running());
  return bySha256(listed.map((certificate) => ({ sha256: certificate.sha256, trusted: certificate.trustedForMail })));
}

const withoutKeys = (all: readonly Seen[]): Omit<Seen, 'key'>[] =>
  all.map(({ sha256: id, trusted }) => ({ sha256: id, trusted }));

const trustOf = async (der: Uint8Array): Promise<boolean | undefined> =>
  (await seen()).find((certificate) => certificate.sha256 === sha256(der))?.trusted;

/** Every file of the profile that holds certificates and keys, byte for byte. */
const storeBytes = (): string[] =>
  readdirSync(profile.folder)
    .filter((name) => /^(cert9|key4|pkcs11)/.test(name))
    .map((name) => `${name} ${sha256(readFileSync(join(profile.folder, name)))}`);

describe('the certificate store', () => {
  it('is empty where there is none', async () => {
    expect([await seen(), await primaryPasswordSet(profile.folder)]).toEqual([[], null]);
  });

  it('is read as the NSS tools write it: trust, no trust, a key', async () => {
    const { pkcs12, password } = await transportKey(alice.own);
    await putIntoStore(profile.folder, {
      trusted: [alice.authority.certificate],
      certificates: [bob.own.certificate],
      keys: [{ pkcs12: pkcs12.reveal(), password: password.reveal() }],
    });
    expect(await seen()).toEqual(
      bySha256([
        { sha256: sha256(alice.authority.certificate), trusted: true, key: false },
        { sha256: sha256(bob.own.certificate), trusted: false, key: false },
        { sha256: sha256(alice.own.certificate), trusted: false, key: true },
      ]),
    );
  });

  it('is read, while Thunderbird runs, as Thunderbird itself sees it', async () => {
    const anchor = await createAnchor({ now: new Date() });
    const thunderbird = await handle.running();
    await addCertificate(thunderbird, anchor.certificate, ',C,');
    await addCertificate(thunderbird, bob.authority.certificate, ',,');
    expect(withoutKeys(await seen())).toEqual(await seenByThunderbird());
    expect([await trustOf(anchor.certificate), await trustOf(bob.authority.certificate)]).toEqual([true, false]);
    const running = await seen();
    await handle.closed();
    expect(await seen()).toEqual(running);
  });

  it('goes by the newer form of trust where both are there, as Thunderbird does', async () => {
    // The tools gave it the older form; Thunderbird takes the trust away by writing the newer one beside it.
    const { certificate } = alice.authority;
    expect(await trustOf(certificate)).toBe(true);
    const thunderbird = await handle.running();
    await thunderbird.run(
      `const store = Cc['@mozilla.org/security/x509certdb;1'].getService(Ci.nsIX509CertDB);
       const hex = text => text.replaceAll(':', '').toLowerCase();
       const certificate = store.getCerts().find(one => hex(one.sha256Fingerprint) === args[0]);
       store.setCertTrust(certificate, Ci.nsIX509Cert.CA_CERT, 0);`,
      [sha256(certificate)],
    );
    expect(await trustOf(certificate)).toBe(false);
    expect(withoutKeys(await seen())).toEqual(await seenByThunderbird());
    await handle.closed();
    expect(withoutKeys(await seen())).toEqual(await seenByThunderbird());
    await handle.closed();
  });

  it('is not written to by reading', async () => {
    const before = storeBytes();
    await seen();
    await primaryPasswordSet(profile.folder);
    expect(storeBytes()).toEqual(before);
  });

  it('is read where nothing can be written', async () => {
    const before = await seen();
    const folder = join(home.folder, 'read-only');
    mkdirSync(folder);
    for (const name of ['cert9.db', 'key4.db']) copyFileSync(join(profile.folder, name), join(folder, name));
    await withoutWriting(folder, async () => {
      const store = await readCertificateStore(folder);
      expect(store.ok && store.value.certificates.length).toBe(before.length);
      expect(await primaryPasswordSet(folder)).toBe(false);
    });
    expect(readdirSync(folder)).toEqual(['cert9.db', 'key4.db']);
  });

  it('tells whose certificates are there: people alone, not the person’s own, no authorities', async () => {
    const store = await readCertificateStore(profile.folder);
    if (!store.ok) throw new Error(store.error.message);
    expect(knownPeople(store.value, new Date())).toEqual(['bob@example.test']);
    expect(knownPeople(store.value, new Date('2100-01-01'))).toEqual([]);
  });
});

describe('a primary password', () => {
  const setPassword = (from: string, to: string, env: Record<string, string>): Promise<void> =>
    inPrivateFolder(async (folder) => {
      const files = [folder.put('from', `${from}\n`), folder.put('to', `${to}\n`)];
      const args = ['-W', '-d', `sql:${profile.folder}`, '-f', files[0] ?? '', '-@', files[1] ?? ''];
      const run = await runProgram('certutil', args, { env: { ...home.env, ...env } });
      if (run.code !== 0) throw new Error(run.stderr.toString());
    });

  it.each<[string, Record<string, string>]>([
    ['the NSS of the system', {}],
    ['the NSS of Thunderbird', { LD_LIBRARY_PATH: THUNDERBIRD_FOLDER }],
  ])('is seen when %s set it, and when it is gone', async (_title, env) => {
    expect(await primaryPasswordSet(profile.folder)).toBe(false);
    await setPassword('', 'correct horse', env);
    expect(await primaryPasswordSet(profile.folder)).toBe(true);
    await setPassword('correct horse', '', env);
    expect(await primaryPasswordSet(profile.folder)).toBe(false);
  });

  it('is seen while the Thunderbird that set it runs; what is public is read all the same', async () => {
    const before = await seen();
    const thunderbird = await startThunderbird(profile);
    // As in the settings (changemp.js).
    const change = `Cc['@mozilla.org/security/internalkeytoken;1'].createInstance(Ci.nsIPKCS11Token)
      .changePassword(args[0], args[1]);`;
    await thunderbird.run(change, ['', 'pass phrase ü']);
    expect(await primaryPasswordSet(profile.folder)).toBe(true);
    expect(await seen()).toEqual(before);
    await thunderbird.run(change, ['pass phrase ü', '']);
    expect(await primaryPasswordSet(profile.folder)).toBe(false);
    await thunderbird.quit();
  });
});
