import * as v from 'valibot';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { parseJson } from '../../files/decode.ts';
import type { KeychainKind } from '../keychain/index.ts';
import { readOwnFile } from '../own-files/read-own-file.ts';

/** `home.json`: which home this is, and which kind of keychain holds its key. Not secret. */
export interface HomeIdentity {
  readonly id: string;
  readonly keychain: KeychainKind;
}

const VERSION = 1;
const MAX_BYTES = 4_096;

const Versioned = v.object({ version: v.pipe(v.number(), v.integer()) });
const Identity = v.strictObject({
  version: v.literal(VERSION),
  id: v.pipe(v.string(), v.uuid()),
  keychain: v.picklist(['os', 'file']),
});

export function encodeIdentity({ id, keychain }: HomeIdentity): Uint8Array {
  return Buffer.from(`${JSON.stringify({ version: VERSION, id, keychain })}\n`, 'utf8');
}

/** Reads `home.json`; null when there is none. Errors: `home-newer`, `home-damaged`. */
export async function readIdentity(path: string): Promise<Result<HomeIdentity | null, Failure>> {
  const file = await readOwnFile(path, MAX_BYTES);
  if (!file.ok) return file;
  if (file.value === null) return ok(null);
  const json = parseJson(file.value);
  const versioned = v.safeParse(Versioned, json);
  if (versioned.success && versioned.output.version > VERSION) return err(failure('home-newer'));
  const identity = v.safeParse(Identity, json);
  if (!identity.success) return err(failure('home-damaged', `This file is damaged: ${path}`));
  return ok({ id: identity.output.id, keychain: identity.output.keychain });
}
