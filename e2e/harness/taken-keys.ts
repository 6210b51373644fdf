import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { certificateFacts, type KeyAndCertificate } from '@endymail/main/agent/certificates';
import { Redacted } from '@endymail/shared/result';
import { unsealBackup } from '../../main/agent/home/backup.ts';
import { authorityKeyIdentifier, forgeCertificate, newKey, partsFor, publicKeyOf } from './forge/certificate.ts';
import type { Der } from './forge/der-writer.ts';
import { unconstrainedAuthority, type HostileLeaf } from './hostile-leaves.ts';
import type { Person } from './person.ts';
import { leafFor } from './taken-names.ts';
import { testAddress, type TestPerson } from './test-person.ts';

/** What somebody has who took a computer: the keys of its one mailbox, and its own anchor. */
export interface TakenKeys {
  readonly authority: KeyAndCertificate;
  readonly anchor: KeyAndCertificate;
  readonly own: KeyAndCertificate;
}

const PASSPHRASE = 'four words of a thief';

/** Takes the keys of a computer, out of a backup that is made on it. Throws where it can not make new certificates. */
export async function takeKeys(of: Person): Promise<TakenKeys> {
  const [out, passphraseFile] = ['taken', 'taken-passphrase'].map((file) => join(of.home.scratchFolder, file));
  if (out === undefined || passphraseFile === undefined) throw new Error('no files');
  writeFileSync(passphraseFile, `${PASSPHRASE}\n`, { mode: 0o600 });
  await of.endymail('backup', '--out', out, '--backup-passphrase-file', passphraseFile);
  const backup = await unsealBackup(readFileSync(out), new Redacted(PASSPHRASE));
  if (!backup.ok) throw new Error(backup.error.message);
  const { anchor, mailboxes } = backup.value.state;
  const privateKey = mailboxes[0]?.authority.privateKey ?? null;
  if (mailboxes[0] === undefined || anchor === null || privateKey === null) throw new Error('It lacks a key');
  return { authority: { ...mailboxes[0].authority, privateKey }, anchor, own: mailboxes[0].current };
}

const DAY_MS = 86_400_000;

/** When what is forged begins, against what stands in the stores: long before all of it, and after all of it. */
const AGES = Object.freeze([
  { age: 'older', aheadMs: -600 * DAY_MS },
  { age: 'newer', aheadMs: DAY_MS - 60_000 },
]);

const aged = (now: Date) => AGES.map(({ age, aheadMs }) => ({ age, at: new Date(now.getTime() + aheadMs) }));

/** Certificates for the mailbox itself, made with its CA's key, each with a key that the thief made. */
export function mintedLeaves(taken: TakenKeys, address: string, now: Date): readonly HostileLeaf[] {
  const by = { signer: keyOf(taken.authority), issuer: certificateFacts(taken.authority.certificate).subject };
  return aged(now).map(({ age, at }) => ({
    shape: `a leaf for the mailbox under its former CA, ${age}`,
    key: leafFor({ carol: testAddress(address), now: at }, by),
  }));
}

/**
 * What the anchor of a removed device can vouch for: cross-certificates without limits for the CA of `victim`, by its
 * name or by name and key, under the anchor's own name and under that of the receiver's anchor.
 */
export function anchorForgeries(o: {
  readonly taken: TakenKeys;
  readonly victim: TestPerson;
  /** DER */
  readonly receiversAnchor: Uint8Array;
  readonly now: Date;
}): readonly HostileLeaf[] {
  const { taken, victim } = o;
  const anchor = { signer: keyOf(taken.anchor), ...certificateFacts(taken.anchor.certificate) };
  const { subject, publicKey } = certificateFacts(victim.authority.certificate);
  const names = [
    { whose: 'its own anchor', issuer: anchor.subject },
    { whose: 'the anchor of the receiver', issuer: certificateFacts(o.receiversAnchor).subject },
  ];
  return aged(o.now).flatMap(({ age, at }) => {
    const wide = (issuer: Der, key: Der): Uint8Array =>
      forgeCertificate({
        ...partsFor(anchor.signer, at, 825),
        ...{ issuer, subject, publicKey: key },
        extensions: [...unconstrainedAuthority(key), authorityKeyIdentifier(anchor.publicKey)],
      });
    const leafBy = (signer: KeyObject, issuer: Der) => leafFor({ carol: victim.address, now: at }, { signer, issuer });
    return names.flatMap(({ whose, issuer }) => {
      const key = newKey();
      return [
        {
          shape: `a CA of the thief by her CA's name, from ${whose}, ${age}`,
          key: leafBy(key, subject),
          extra: [wide(issuer, publicKeyOf(key))],
        },
        {
          shape: `her own CA without limits and a leaf beside it, from ${whose}, ${age}`,
          key: leafBy(anchor.signer, issuer),
          extra: [wide(issuer, publicKey)],
        },
      ];
    });
  });
}

const keyOf = ({ privateKey }: KeyAndCertificate): KeyObject =>
  createPrivateKey({ key: Buffer.from(privateKey.reveal()), format: 'der', type: 'pkcs8' });
