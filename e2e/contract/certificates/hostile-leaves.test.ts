import { X509Certificate } from 'node:crypto';
import {
  certificateFacts,
  checkMailboxAuthority,
  checkMailboxCertificate,
  createAnchor,
  createMailboxAuthority,
  issueCrossCertificate,
  type KeyAndCertificate,
} from '@endymail/main/agent/certificates';
import { beforeAll, describe, expect, test } from 'vitest';
import { hostileLeaves, type HostileLeaf } from '../../harness/hostile-leaves.ts';
import { inPrivateFolder, pem, requirePrograms, runProgram, testAddress } from '../../harness/index.ts';

requirePrograms('openssl');

const bob = testAddress('bob@example.test');
const carol = testAddress('carol@example.test');
const now = new Date();
let authority: KeyAndCertificate;
let anchor: KeyAndCertificate;
let cross: Uint8Array;
let leaves: HostileLeaf[];

beforeAll(async () => {
  authority = await createMailboxAuthority({ address: bob, algorithm: 'ec-p256', now });
  anchor = await createAnchor({ now });
  cross = await issueCrossCertificate({ anchor, authority: authority.certificate, address: bob, now });
  leaves = await hostileLeaves({ authority, bob, carol, now });
});

const SHAPES = [
  'SAN of another mailbox',
  'second emailAddress in the subject',
  'second mail in the subject',
  'SAN directoryName with the good prefix and another address',
  'SAN directoryName of another',
  'no SAN',
  'another address before the prefix',
  'multi-valued RDN, the other address first',
  'multi-valued RDN, the other address last',
  'mail replaced',
  'empty subject',
  'empty SAN directoryName',
  'a CA of his own under pathlen 0',
  'an unconstrained twin of his CA',
] as const;

/** The chain is good, since nothing before the second address of a name is outside of what is permitted. */
const ONLY_BOBS: readonly string[] = [
  'second mail in the subject',
  'SAN directoryName with the good prefix and another address',
];

test('all the shapes are there', () => {
  expect(leaves.map(({ shape }) => shape)).toEqual(SHAPES);
});

describe.each(SHAPES)('[SEC-16] %s', (shape) => {
  const leaf = () => leaves.find((candidate) => candidate.shape === shape)!;

  test('names carol somewhere, so that there is something to refuse', () => {
    expect(Buffer.from(leaf().key.certificate).includes(carol)).toBe(true);
  });

  test('openssl takes it for carol neither under the cross-certificate nor under the CA itself', async () => {
    const { key, extra = [] } = leaf();
    const verdicts = [
      await accepts(key.certificate, anchor.certificate, [cross, ...extra]),
      await accepts(key.certificate, authority.certificate, extra),
    ];
    expect(verdicts).toEqual(ONLY_BOBS.includes(shape) ? [true, true] : [false, false]);
    if (ONLY_BOBS.includes(shape)) expect(new X509Certificate(key.certificate).checkEmail(carol)).toBeUndefined();
  });

  test('the product takes it into no public part', async () => {
    const { key, extra = [] } = leaf();
    for (const address of [bob, carol]) {
      for (const issuer of [authority.certificate, ...extra]) {
        const check = await checkMailboxCertificate({ certificate: key.certificate, authority: issuer, address, now });
        const ca = await checkMailboxAuthority(issuer, address);
        expect(check.ok && ca.ok).toBe(false);
      }
    }
  });
});

test('control: under a CA without constraints openssl takes the same names for good', async () => {
  const twin = leaves.find(({ shape }) => shape === 'an unconstrained twin of his CA')?.extra?.[0];
  const honestForCarol = leaves.find(({ shape }) => shape === 'SAN of another mailbox')?.key.certificate;
  expect(certificateFacts(twin!).subject).toEqual(certificateFacts(authority.certificate).subject);
  expect(await accepts(honestForCarol!, twin!, [])).toBe(true);
});

function accepts(certificate: Uint8Array, root: Uint8Array, between: readonly Uint8Array[]): Promise<boolean> {
  return inPrivateFolder(async (folder) => {
    const run = await runProgram('openssl', [
      ...['verify', '-x509_strict', '-purpose', 'smimesign', '-no-CApath', '-no-CAstore'],
      ...['-CAfile', folder.put('root.pem', pem(root))],
      ...(between.length > 0 ? ['-untrusted', folder.put('between.pem', between.map(pem).join(''))] : []),
      folder.put('certificate.pem', pem(certificate)),
    ]);
    return run.code === 0;
  });
}
