import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { knownPeople } from '../../main/agent/mail-clients/thunderbird/reading/known-people.ts';
import type { StoredCertificate } from '../../main/agent/mail-clients/thunderbird/reading/index.ts';
import { baseEnv, inPrivateFolder, requirePrograms, runProgram } from '../harness/index.ts';

requirePrograms('openssl');

/** A certificate that somebody else's program made, of the kind that a mail client collects from signed mail. */
function certificate(
  subject: string,
  extensions: readonly string[],
  more: Partial<StoredCertificate> = {},
): Promise<StoredCertificate> {
  return inPrivateFolder(async (folder) => {
    const file = `${folder.path}/certificate.der`;
    const run = await runProgram(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-utf8'],
        ...['-keyout', `${folder.path}/key`, '-outform', 'DER', '-out', file, '-days', '30', '-subj', subject],
        // A configuration of its own: the one of the system says CA:TRUE.
        ...['-config', folder.put('config', `${CONFIG}${extensions.join('\n')}\n`)],
      ],
      { env: baseEnv() },
    );
    if (run.code !== 0) throw new Error(run.stderr.toString());
    return { der: readFileSync(file), label: null, trustedForMail: false, hasPrivateKey: false, ...more };
  });
}

const CONFIG = '[req]\ndistinguished_name = name\nx509_extensions = extensions\n[name]\n[extensions]\n';

const NOW = new Date();
const LEAF = 'basicConstraints=CA:FALSE';

const peopleIn = async (...certificates: readonly Promise<StoredCertificate>[]): Promise<readonly string[]> =>
  knownPeople({ certificates: await Promise.all(certificates) }, NOW);

describe('people whose certificates are there', () => {
  it('are read from the alternative names, each once, in lower case', async () => {
    const several = certificate('/CN=Zoe', [
      LEAF,
      'subjectAltName=email:Zoe@Example.ORG,DNS:example.org,email:z@example.org',
    ]);
    expect(await peopleIn(several, several)).toEqual(['z@example.org', 'zoe@example.org']);
  });

  it('are read from the old place in the subject', async () => {
    const old = certificate('/CN=Old/emailAddress=one@example.org/emailAddress=two@example.org', [LEAF]);
    expect(await peopleIn(old)).toEqual(['one@example.org', 'two@example.org']);
  });

  it('are neither authorities nor the person who has the key', async () => {
    const authority = certificate('/CN=CA', ['basicConstraints=CA:TRUE', 'subjectAltName=email:ca@example.org']);
    const own = certificate('/CN=Me', [LEAF, 'subjectAltName=email:me@example.org'], { hasPrivateKey: true });
    expect(await peopleIn(authority, own)).toEqual([]);
  });

  it('[SEC-30] are not made up from names that imitate a list, or from what is no certificate', async () => {
    const imitation = certificate('/CN=x\\, emailAddress=evil@example.org', [
      LEAF,
      'subjectAltName=@names',
      '[names]',
      'URI="http://x/, email:evil@example.org"',
      'email="no address, email:evil@example.org"',
    ]);
    const junk = Promise.resolve({
      der: Buffer.from('30030201', 'hex'),
      label: null,
      trustedForMail: false,
      hasPrivateKey: false,
    });
    expect(await peopleIn(imitation, junk)).toEqual([]);
  });

  it('are those whose certificates have not expired', async () => {
    const store = { certificates: [await certificate('/CN=Z', [LEAF, 'subjectAltName=email:z@example.org'])] };
    const day = 24 * 60 * 60 * 1_000;
    expect(knownPeople(store, new Date(NOW.getTime() + 29 * day))).toEqual(['z@example.org']);
    expect(knownPeople(store, new Date(NOW.getTime() + 31 * day))).toEqual([]);
  });
});
