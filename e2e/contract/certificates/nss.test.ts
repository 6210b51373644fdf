import { join } from 'node:path';
import {
  certificateNickname,
  createAnchor,
  createMailboxAuthority,
  issueCrossCertificate,
  issueMailboxCertificate,
  transportKey,
  type KeyAlgorithm,
} from '@endymail/main/agent/certificates';
import { describe, expect, test } from 'vitest';
import { hostileLeaves } from '../../harness/hostile-leaves.ts';
import { inPrivateFolder, putIntoStore, requirePrograms, runProgram, testAddress } from '../../harness/index.ts';

// NSS is what Thunderbird stands on; its tools judge without a Thunderbird.
requirePrograms('certutil', 'pk12util');

const bob = testAddress('bob@example.test');
const now = new Date();

describe.each<KeyAlgorithm>(['ec-p256', 'rsa-3072'])('NSS, %s', (algorithm) => {
  test('[SEC-11] takes the certificate for signing and encrypting under anchor and cross-certificate', async () => {
    const authority = await createMailboxAuthority({ address: bob, algorithm, now });
    const own = await issueMailboxCertificate({ authority, address: bob, name: 'Bob Bär', algorithm, now });
    const anchor = await createAnchor({ now });
    const cross = await issueCrossCertificate({ anchor, authority: authority.certificate, address: bob, now });
    const { pkcs12, password } = await transportKey(own);
    await inPrivateFolder(async (folder) => {
      await putIntoStore(folder.path, {
        trusted: [anchor.certificate],
        certificates: [cross],
        keys: [{ pkcs12: pkcs12.reveal(), password: password.reveal() }],
      });
      for (const usage of ['S', 'R']) expect(await verdict(folder.path, own.certificate, usage)).toMatch(/is valid$/);
    });
  });

  test('finds the key under the nickname that holds its serial', async () => {
    const authority = await createMailboxAuthority({ address: bob, algorithm, now });
    const own = await issueMailboxCertificate({ authority, address: bob, name: 'Bob', algorithm, now });
    const { pkcs12, password } = await transportKey(own);
    await inPrivateFolder(async (folder) => {
      await putIntoStore(folder.path, {
        trusted: [authority.certificate],
        keys: [{ pkcs12: pkcs12.reveal(), password: password.reveal() }],
      });
      const keys = await runProgram('certutil', ['-K', '-d', `sql:${folder.path}`]);
      expect(keys.stdout.toString()).toContain(certificateNickname(own.certificate));
      expect(await verdict(folder.path, own.certificate, 'S')).toMatch(/is valid$/);
    });
  });
});

test('[SEC-16] refuses what bob signs for carol, whatever the shape', async () => {
  const authority = await createMailboxAuthority({ address: bob, algorithm: 'ec-p256', now });
  const anchor = await createAnchor({ now });
  const cross = await issueCrossCertificate({ anchor, authority: authority.certificate, address: bob, now });
  const carol = testAddress('carol@example.test');
  const accepted: string[] = [];
  for (const { shape, key, extra = [] } of await hostileLeaves({ authority, bob, carol, now })) {
    await inPrivateFolder(async (folder) => {
      await putIntoStore(folder.path, { trusted: [anchor.certificate], certificates: [cross, ...extra] });
      await runProgram('certutil', [
        ...['-A', '-d', `sql:${folder.path}`, '-t', ',,', '-n', certificateNickname(key.certificate)],
        ...['-i', folder.put('leaf.der', key.certificate)],
      ]);
      const judged = await verdict(folder.path, key.certificate, 'R');
      expect(judged).toMatch(/is valid$|is invalid: /);
      if (judged.endsWith('is valid')) accepted.push(shape);
    });
  }
  // Carol stands only behind bob in a directory name there, and whoever reads an address takes the first.
  expect(accepted).toEqual(['SAN directoryName with the good prefix and another address']);
});

async function verdict(database: string, certificate: Uint8Array, usage: string): Promise<string> {
  const run = await runProgram('certutil', [
    ...['-V', '-d', `sql:${database}`, '-n', certificateNickname(certificate), '-u', usage, '-e'],
    ...['-f', join(database, 'no-password')],
  ]);
  return run.stdout.toString().trim() + run.stderr.toString().trim();
}
