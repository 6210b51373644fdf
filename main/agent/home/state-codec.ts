import * as v from 'valibot';
import type { ProfileId } from '@endymail/shared/mail';
import { AccountSchema, JoiningSchema, accountToJson, joiningToJson } from '../account/account-codec.ts';
import type { HeldAuthority, KeyAndCertificate } from '../certificates/key-and-certificate.ts';
import { MailAddressSchema } from '../mail-address-schema.ts';
import { base64, bytesUpTo, instant, secretUpTo } from './json-values.ts';
import type { AgentState } from './state.ts';

/** The longest state as JSON that is read or written. */
export const STATE_MAX_BYTES = 16 * 1024 * 1024;

export const MAILBOXES_MAX = 1_000;
export const FORMER_MAX = 200;
const PEOPLE_MAX = 20_000;
const PROFILES_MAX = 1_000;
const FOLDERS_MAX = 100;
const DER_MAX_BYTES = 64 * 1024;
const PATH_MAX_CHARS = 32_767;

/** The state as plain JSON values: bytes in base64, dates in ISO 8601. Contains the private keys. */
export function stateToJson(state: AgentState): object {
  return {
    anchor: state.anchor === null ? null : keyToJson(state.anchor),
    mailboxes: state.mailboxes.map((mailbox) => ({
      address: mailbox.address,
      enabled: mailbox.enabled,
      algorithm: mailbox.algorithm,
      authority: authorityToJson(mailbox.authority),
      current: keyToJson(mailbox.current),
      former: mailbox.former.map(keyToJson),
      replaceOwn: mailbox.replaceOwn,
    })),
    people: state.people.map((person) => ({
      address: person.address,
      authority: base64(person.authority),
      certificate: base64(person.certificate),
      crossCertificate: base64(person.crossCertificate),
      addedAt: person.addedAt.toISOString(),
    })),
    profiles: state.profiles.map(({ id, path, automatic }) => ({ id, path, automatic })),
    folders: state.folders,
    settings: { autoDisable: state.settings.autoDisable },
    account: state.account === null ? null : accountToJson(state.account),
    joining: state.joining === null ? null : joiningToJson(state.joining),
  };
}

interface KeyJson {
  readonly certificate: string;
  readonly privateKey: string;
}

function keyToJson(key: KeyAndCertificate): KeyJson {
  return { certificate: base64(key.certificate), privateKey: base64(key.privateKey.reveal()) };
}

function authorityToJson({ certificate, privateKey }: HeldAuthority): object {
  return privateKey === null
    ? { certificate: base64(certificate), privateKey: null }
    : keyToJson({ certificate, privateKey });
}

const Der = bytesUpTo(DER_MAX_BYTES);

const PrivateKey = secretUpTo(DER_MAX_BYTES);

const Key = v.strictObject({ certificate: Der, privateKey: PrivateKey });

const Authority = v.strictObject({ certificate: Der, privateKey: v.nullable(PrivateKey) });

const Id = v.custom<ProfileId>((value) => typeof value === 'string' && /^[0-9a-f]{16}$/.test(value));

const Path = v.pipe(v.string(), v.maxLength(PATH_MAX_CHARS));

/** Parses what `stateToJson` made, now or before there were `folders` and accounts. */
export const StateSchema: v.GenericSchema<unknown, AgentState> = v.strictObject({
  anchor: v.nullable(Key),
  mailboxes: v.pipe(
    v.array(
      v.strictObject({
        address: MailAddressSchema,
        enabled: v.boolean(),
        algorithm: v.picklist(['ec-p256', 'rsa-3072']),
        authority: Authority,
        current: Key,
        former: v.pipe(v.array(Key), v.maxLength(FORMER_MAX)),
        replaceOwn: v.boolean(),
      }),
    ),
    v.maxLength(MAILBOXES_MAX),
  ),
  people: v.pipe(
    v.array(
      v.strictObject({
        address: MailAddressSchema,
        authority: Der,
        certificate: Der,
        crossCertificate: Der,
        addedAt: instant,
      }),
    ),
    v.maxLength(PEOPLE_MAX),
  ),
  profiles: v.pipe(
    v.array(
      v.strictObject({
        id: Id,
        path: Path,
        automatic: v.picklist(['accepted', 'by-hand']),
      }),
    ),
    v.maxLength(PROFILES_MAX),
  ),
  folders: v.optional(v.pipe(v.array(Path), v.maxLength(FOLDERS_MAX)), []),
  settings: v.strictObject({ autoDisable: v.boolean() }),
  account: v.optional(v.nullable(AccountSchema), null),
  joining: v.optional(v.nullable(JoiningSchema), null),
});
