import * as v from 'valibot';
import { parseMailAddress, type MailAddress, type ProfileId } from '../../mail/index.ts';
import { Redacted } from '../../result/index.ts';

/** The bounds of what crosses a border. */
export const LIMITS = Object.freeze({
  /** Names of people, profiles, accounts, prefs. */
  nameMaxChars: 1_000,
  /** A pref's value can be long; a certificate's id is short. */
  valueMaxChars: 20_000,
  pathMaxChars: 8_192,
  passphraseMaxChars: 1_000,
  /** What `share` makes is about 2 kB; the reader itself refuses more than 16 KiB. */
  publicPartMaxChars: 65_536,
  /** More mailboxes, profiles or people than anybody has. */
  listMax: 20_000,
  /** A backup, as its reader bounds it. */
  fileMaxBytes: 64 * 1024 * 1024,
});

export const shortText = v.pipe(v.string(), v.maxLength(LIMITS.nameMaxChars));
export const longText = v.pipe(v.string(), v.maxLength(LIMITS.valueMaxChars));
export const pathText = v.pipe(v.string(), v.minLength(1), v.maxLength(LIMITS.pathMaxChars));

/** ISO 8601, UTC. */
export const timestamp = v.pipe(v.string(), v.isoTimestamp());

/** From one moment to a later one. */
export const timeSpan = v.object({ from: timestamp, to: timestamp });

export type TimeSpan = v.InferOutput<typeof timeSpan>;

/** A secret on its way in: text for the one who calls, `Redacted` for the one who answers. */
export const secretText = v.pipe(
  v.string(),
  v.maxLength(LIMITS.passphraseMaxChars),
  v.transform((text) => new Redacted(text)),
);

export const bytes: v.GenericSchema<Uint8Array> = v.pipe(
  v.instance(Uint8Array),
  v.check((value) => value.byteLength <= LIMITS.fileMaxBytes),
);

/** An address in the form in which Endymail compares it. */
export const mailAddress: v.GenericSchema<MailAddress> = v.custom<MailAddress>((input) => {
  if (typeof input !== 'string') return false;
  const parsed = parseMailAddress(input);
  return parsed.ok && parsed.value === input;
});

export const profileId: v.GenericSchema<ProfileId> = v.custom<ProfileId>(
  (input) => typeof input === 'string' && /^[0-9a-f]{16}$/.test(input),
);

/** A list of bounded length. Whoever gives one keeps it: nobody changes it. */
export const listOf = <T extends v.GenericSchema>(
  item: T,
): v.GenericSchema<readonly v.InferInput<T>[], readonly v.InferOutput<T>[]> =>
  v.pipe(v.array(item), v.maxLength(LIMITS.listMax), v.readonly());
