import * as v from 'valibot';
import type { CertificateRole, MailAddress, PrefValue } from '@endymail/shared/mail';
import { parseJson } from '../../../../files/decode.ts';
import { certificateId as idOf } from '../../../certificates/index.ts';
import { MailAddressSchema } from '../../../mail-address-schema.ts';
import { isSetForRun, isSetting, isTouchedByRun } from './own-prefs.ts';

/** The version of the format that is written. A file with a higher one is refused unchanged. */
const JOURNAL_VERSION = 1;

/**
 * What Endymail does to a profile, with what stood there before.
 * `intend` is on disk before the change is made and `done` after it; `withdraw` before it is taken back and `withdrawn`
 * after it. So a crash leaves at most "perhaps", and the profile itself then says which.
 */
export interface JournalEvent {
  /** 1, 2, 3 …: a missing line is noticed. */
  readonly n: number;
  readonly event: EventKind;
  readonly change: Change;
}

export type EventKind = 'intend' | 'done' | 'withdraw' | 'withdrawn';

export type Change = PrefChange | CertificateChange | KeyChange | ClientRun;

export interface PrefChange {
  readonly kind: 'pref';
  readonly name: string;
  /** The mailbox it serves; null for what is profile-wide. */
  readonly address: MailAddress | null;
  /** What stood there before Endymail touched it for the first time. */
  readonly before: PrefValue;
  readonly ours: PrefValue;
}

export interface CertificateChange {
  readonly kind: 'certificate';
  readonly id: string;
  readonly role: CertificateRole;
  readonly address: MailAddress | null;
  readonly der: Uint8Array;
  /** `untrusted`: the certificate itself is not ours, only the trust bit is. */
  readonly before: 'absent' | 'untrusted';
}

/** A private key and its certificate. They stay for old mail, so this is never withdrawn. */
export interface KeyChange {
  readonly kind: 'key';
  readonly id: string;
  readonly address: MailAddress;
  readonly der: Uint8Array;
}

/** A short run of the client itself: which prefs it needs or touches, and the files that carry keys into it. */
export interface ClientRun {
  readonly kind: 'client-run';
  /** Set for the run, and set back where they still have our value. */
  readonly set: readonly { readonly name: string; readonly before: PrefValue; readonly ours: PrefValue }[];
  /** What the program itself writes in a run; set back whatever it is then. */
  readonly touched: readonly { readonly name: string; readonly before: PrefValue }[];
  /** File names inside the profile folder; none where files without a name do. */
  readonly files: readonly string[];
}

/** Which of a run's settings still stand in prefs.js as the run set them. `get` gives the value of a pref. */
export const settingsOfRun = (
  run: ClientRun,
  { get }: { readonly get: (name: string) => PrefValue },
): ClientRun['set'] => run.set.filter(({ name, before, ours }) => before !== ours && get(name) === ours);

/** The first line of a journal. */
export interface JournalHeader {
  readonly journal: 'thunderbird';
  readonly profilePath: string;
}

// A pref of Thunderbird may be long, ours and what they replace are not; a certificate of the profile has under 2 KiB.
const TEXT_MAX_CHARS = 8_192;
const DER_BASE64_MAX_CHARS = 16_384;
const CLIENT_RUN_PREFS_MAX = 4_096;
const CLIENT_RUN_FILES_MAX = 4_096;

const text = v.pipe(v.string(), v.maxLength(TEXT_MAX_CHARS));
const prefValue = v.nullable(v.union([text, v.pipe(v.number(), v.safeInteger()), v.boolean()]));
const certificateId = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const der = v.pipe(
  v.string(),
  v.maxLength(DER_BASE64_MAX_CHARS),
  v.regex(/^[A-Za-z0-9+/]+={0,2}$/),
  v.transform((base64) => Uint8Array.from(Buffer.from(base64, 'base64'))),
);

// A journal is undone by what it says: it may name nothing that Endymail does not write, and no certificate by halves.
const prefName = (isOurs: (name: string) => boolean) => v.pipe(text, v.check(isOurs));

const changeSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('pref'),
    name: prefName(isSetting),
    address: v.nullable(MailAddressSchema),
    before: prefValue,
    ours: prefValue,
  }),
  v.strictObject({
    kind: v.literal('certificate'),
    id: certificateId,
    role: v.picklist(['own-authority', 'own-certificate', 'anchor', 'cross-certificate', 'person']),
    address: v.nullable(MailAddressSchema),
    der,
    before: v.picklist(['absent', 'untrusted']),
  }),
  v.strictObject({ kind: v.literal('key'), id: certificateId, address: MailAddressSchema, der }),
  v.strictObject({
    kind: v.literal('client-run'),
    set: v.pipe(
      v.array(v.strictObject({ name: prefName(isSetForRun), before: prefValue, ours: prefValue })),
      v.maxLength(CLIENT_RUN_PREFS_MAX),
    ),
    touched: v.pipe(
      v.array(v.strictObject({ name: prefName(isTouchedByRun), before: prefValue })),
      v.maxLength(CLIENT_RUN_PREFS_MAX),
    ),
    // Deleted by name after a crash, so it must never lead out of the profile folder.
    files: v.pipe(
      v.array(v.pipe(v.string(), v.regex(/^\.endymail-[0-9a-f]{1,64}\.p12$/))),
      v.maxLength(CLIENT_RUN_FILES_MAX),
    ),
  }),
]);

const eventSchema = v.strictObject({
  v: v.literal(JOURNAL_VERSION),
  n: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  event: v.picklist(['intend', 'done', 'withdraw', 'withdrawn']),
  change: changeSchema,
});

const headerSchema = v.strictObject({
  v: v.literal(JOURNAL_VERSION),
  journal: v.literal('thunderbird'),
  profilePath: text,
});

const versionSchema = v.object({ v: v.pipe(v.number(), v.safeInteger()) });

/** What one line of a journal says; `newer` where it was written by a later Endymail, null where it is malformed. */
export function parseEvent(line: string): JournalEvent | 'newer' | null {
  const { value, newer } = parseVersioned(line);
  if (newer) return 'newer';
  const parsed = v.safeParse(eventSchema, value);
  return parsed.success && isConsistent(parsed.output.change)
    ? { n: parsed.output.n, event: parsed.output.event, change: parsed.output.change }
    : null;
}

/** One certificate is meant by its id and its bytes: which of them is used depends on the way into the store. */
const isConsistent = (change: Change): boolean => !('der' in change) || change.id === idOf(change.der);

/** The first line; see `parseEvent`. */
export function parseHeader(line: string): JournalHeader | 'newer' | null {
  const { value, newer } = parseVersioned(line);
  if (newer) return 'newer';
  const parsed = v.safeParse(headerSchema, value);
  return parsed.success ? { journal: 'thunderbird', profilePath: parsed.output.profilePath } : null;
}

/** One line, with its end. */
export function writeEvent({ n, event, change }: JournalEvent): string {
  const plain = 'der' in change ? { ...change, der: Buffer.from(change.der).toString('base64') } : change;
  return `${JSON.stringify({ v: JOURNAL_VERSION, n, event, change: plain })}\n`;
}

/** The first line, with its end. */
export function writeHeader(header: JournalHeader): string {
  return `${JSON.stringify({ v: JOURNAL_VERSION, ...header })}\n`;
}

function parseVersioned(line: string): { readonly value: unknown; readonly newer: boolean } {
  const value = parseJson(line);
  const version = v.safeParse(versionSchema, value);
  return { value, newer: version.success && version.output.v > JOURNAL_VERSION };
}
