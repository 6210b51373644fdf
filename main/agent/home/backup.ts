import * as v from 'valibot';
import { err, failure, ok, type Failure, type Redacted, type Result } from '@endymail/shared/result';
import { parseJson } from '../../files/decode.ts';
import {
  sealUnderPassphrase,
  unsealUnderPassphrase,
  type PassphraseFormat,
} from '../keychain/sealing/passphrase-seal.ts';
import { JOURNAL_MAX_BYTES } from '../mail-clients/adapter.ts';
import { JOURNALS_MAX, JOURNAL_PATH, type Journals } from './journals.ts';
import { StateSchema, stateToJson } from './state-codec.ts';
import type { AgentState } from './state.ts';

/**
 * Everything of a home in one file under a passphrase. The wrapping key is not in it: a restored home gets its own. Nor
 * is the account: a device's own keys never leave it, and with those of a backup two computers would sign as one (R26).
 */
export interface BackupContent {
  readonly createdAt: Date;
  readonly state: AgentState;
  readonly journals: Journals;
  /** The name of the account that the computer belonged to; null: none. */
  readonly accountLeftOut: string | null;
}

/** Version 1 knew no account. */
const FORMAT: PassphraseFormat = { magic: 'EndyBkup', version: 2, oldestVersion: 1, maxBytes: 64 * 1024 * 1024 };
const CONTEXT = 'endymail backup';

/** As an account's name is at the longest, and more. */
const NAME_MAX_CHARS = 700;

const Content = v.strictObject({
  createdAt: v.pipe(
    v.string(),
    v.isoTimestamp(),
    v.transform((text) => new Date(text)),
  ),
  state: StateSchema,
  journals: v.pipe(
    v.record(v.pipe(v.string(), v.regex(JOURNAL_PATH)), v.pipe(v.string(), v.maxLength(JOURNAL_MAX_BYTES))),
    v.maxEntries(JOURNALS_MAX),
  ),
  accountLeftOut: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(NAME_MAX_CHARS))), null),
});

/** Makes the file. Errors: `passphrase-too-short`, `write-failed` (more than could be read back). */
export async function sealBackup(
  { createdAt, state, journals }: Omit<BackupContent, 'accountLeftOut'>,
  passphrase: Redacted<string>,
): Promise<Result<Uint8Array, Failure>> {
  const kept: AgentState = { ...state, account: null, joining: null };
  const accountLeftOut = state.account && `${state.account.name.local}@${state.account.name.host}`;
  const json = { createdAt: createdAt.toISOString(), state: stateToJson(kept), journals, accountLeftOut };
  const plain = Buffer.from(JSON.stringify(json), 'utf8');
  const sealed = await sealUnderPassphrase(FORMAT, CONTEXT, passphrase, plain);
  plain.fill(0);
  if (!sealed.ok) return sealed;
  return sealed.value.length <= FORMAT.maxBytes
    ? sealed
    : err(failure('write-failed', 'There is more to back up than Endymail can read again.'));
}

/** Reads the file. Errors: `backup-invalid`, `backup-newer`, `passphrase-wrong`. */
export async function unsealBackup(
  file: Uint8Array,
  passphrase: Redacted<string>,
): Promise<Result<BackupContent, Failure>> {
  const plain = await unsealUnderPassphrase(FORMAT, CONTEXT, passphrase, file);
  if (!plain.ok) return err(refused(plain.error));
  const content = v.safeParse(Content, parseJson(plain.value));
  plain.value.fill(0);
  return content.success ? ok(content.output) : err(failure('backup-invalid'));
}

function refused(refusal: 'malformed' | 'newer' | 'wrong-passphrase'): Failure {
  switch (refusal) {
    case 'malformed':
      return failure('backup-invalid');
    case 'newer':
      return failure('backup-newer');
    case 'wrong-passphrase':
      return failure('passphrase-wrong', 'The passphrase is wrong.');
  }
}
