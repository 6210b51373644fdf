import type {
  AuthorityItem,
  DeviceItem,
  KeyItem,
  MailboxItem,
  PersonItem,
  SettingsItem,
} from '@endymail/shared/catalog';
import type { MailAddress } from '@endymail/shared/mail';
import { hash32Of } from '@endymail/shared/sealing';
import { certificateFacts } from '../certificates/index.ts';
import type { KeyAndCertificate } from '../certificates/key-and-certificate.ts';
import type { MailboxRecord, PersonRecord, Settings } from '../home/state.ts';

const SECOND_MS = 1_000;

/** Seconds since 1970. */
export const secondsOf = (time: Date): number => Math.floor(time.getTime() / SECOND_MS);

export const timeOf = (seconds: number): Date => new Date(seconds * SECOND_MS);

/** The mailbox as its catalog has it; `enabled` is what a device begins with that sees it for the first time. */
export function mailboxItem({ address, algorithm, authority, current }: MailboxRecord, enabled: boolean): MailboxItem {
  return {
    kind: 'mailbox',
    address,
    enabled,
    algorithm,
    authority: authority.certificate,
    certificate: hash32Of(current.certificate),
    issued: secondsOf(certificateFacts(current.certificate).notBefore),
  };
}

export function keyItem(address: MailAddress, { certificate, privateKey }: KeyAndCertificate): KeyItem {
  return { kind: 'key', address, certificate, pkcs8: privateKey };
}

/** Null where the key of the CA is not here. */
export function authorityItem({ address, authority }: MailboxRecord): AuthorityItem | null {
  const { certificate, privateKey } = authority;
  return privateKey === null ? null : { kind: 'authority', address, certificate, pkcs8: privateKey };
}

export function personItem({ address, authority, certificate, addedAt }: PersonRecord): PersonItem {
  return { kind: 'person', address, authority, certificate, added: secondsOf(addedAt) };
}

export const settingsItem = ({ autoDisable }: Settings): SettingsItem => ({ kind: 'settings', autoDisable });

/** What is told of this device to the others. */
export type OwnDescription = Pick<DeviceItem, 'device' | 'name' | 'platform'>;
