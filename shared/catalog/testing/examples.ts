import { parseMailAddress, type MailAddress } from '../../mail/index.ts';
import { Redacted } from '../../result/index.ts';
import { hash32Of, utf8, type KeyId } from '../../sealing/index.ts';
import type { AuthorityItem, DeviceItem, KeyItem, MailboxItem, PersonItem, SettingsItem } from '../items.ts';

/** An address that is one. */
export function addressOf(text: string): MailAddress {
  const address = parseMailAddress(text);
  if (!address.ok) throw new Error(`${text} is no address`);
  return address.value;
}

export const ALICE = addressOf('alice@example.test');

export const deviceItem = (device: KeyId, name = 'Laptop'): DeviceItem => ({
  kind: 'device',
  device,
  name,
  platform: 'Linux',
  added: 1_800_000_000,
});

export const mailboxItem = (of: Partial<MailboxItem> = {}): MailboxItem => ({
  kind: 'mailbox',
  address: ALICE,
  enabled: true,
  algorithm: 'ec-p256',
  authority: utf8('the CA of Alice'),
  certificate: hash32Of(utf8('a certificate of Alice')),
  issued: 100,
  ...of,
});

export const keyItem = (certificate: string, pkcs8 = 'a private key'): KeyItem => ({
  kind: 'key',
  address: ALICE,
  certificate: utf8(certificate),
  pkcs8: new Redacted(utf8(pkcs8)),
});

export const authorityItem = (certificate: string, pkcs8 = 'a private key'): AuthorityItem => ({
  kind: 'authority',
  address: ALICE,
  certificate: utf8(certificate),
  pkcs8: new Redacted(utf8(pkcs8)),
});

export const personItem = (of: Partial<PersonItem> = {}): PersonItem => ({
  kind: 'person',
  address: addressOf('bob@example.test'),
  authority: utf8('the CA of Bob'),
  certificate: utf8('a certificate of Bob'),
  added: 1_800_000_000,
  ...of,
});

export const settingsItem = (autoDisable: boolean): SettingsItem => ({ kind: 'settings', autoDisable });
