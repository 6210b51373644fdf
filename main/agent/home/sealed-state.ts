import * as v from 'valibot';
import { Redacted, err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { parseJson } from '../../files/decode.ts';
import { SEAL_OVERHEAD_BYTES, deriveKey, seal, unseal } from '../keychain/sealing/aead.ts';
import { STATE_MAX_BYTES, StateSchema, stateToJson } from './state-codec.ts';
import type { AgentState } from './state.ts';

/**
 * `state.sealed`: magic 8 | version 2, big-endian | nonce 12 | ciphertext | tag 16. Magic, version and the home's id are
 * authenticated, so that neither an older format nor another home's file can be slipped in.
 */
const MAGIC = 'EndyHome';
const VERSION = 2;
/** The oldest that is read: it knew no account. */
const OLDEST_VERSION = 1;
const MAGIC_BYTES = 8;
const HEADER_BYTES = MAGIC_BYTES + 2;

/** The longest `state.sealed` that is looked at. */
export const SEALED_STATE_MAX_BYTES = HEADER_BYTES + STATE_MAX_BYTES + SEAL_OVERHEAD_BYTES;

/** Which key opens which home. */
export interface HomeKey {
  readonly homeId: string;
  readonly wrappingKey: Redacted<Uint8Array>;
}

/** The content of `state.sealed`. Errors: `write-failed` (more than could be read back). */
export function sealState(state: AgentState, home: HomeKey): Result<Uint8Array, Failure> {
  const plain = Buffer.from(JSON.stringify(stateToJson(state)), 'utf8');
  try {
    // A state that can not be read back would be lost with the next start.
    if (plain.length > STATE_MAX_BYTES || parseState(plain) === null) {
      return err(failure('write-failed', 'There is more to remember than Endymail can keep.'));
    }
    const header = Buffer.alloc(HEADER_BYTES);
    header.write(MAGIC, 'ascii');
    header.writeUInt16BE(VERSION, MAGIC_BYTES);
    return ok(Buffer.concat([header, seal(stateKey(home), authenticated(header, home), plain)]));
  } finally {
    plain.fill(0);
  }
}

/** Opens `state.sealed`. Errors: `home-newer`, `home-damaged`. */
export function unsealState(file: Uint8Array, home: HomeKey): Result<AgentState, Failure> {
  const header = Buffer.from(file.subarray(0, HEADER_BYTES));
  if (header.length < HEADER_BYTES || header.toString('latin1', 0, MAGIC_BYTES) !== MAGIC) return err(damaged());
  const version = header.readUInt16BE(MAGIC_BYTES);
  if (version > VERSION) return err(failure('home-newer'));
  if (version < OLDEST_VERSION) return err(damaged());
  const plain = unseal(stateKey(home), authenticated(header, home), file.subarray(HEADER_BYTES));
  if (plain === null) return err(damaged());
  const state = parseState(plain);
  plain.fill(0);
  return state === null ? err(damaged()) : ok(state);
}

function parseState(plain: Uint8Array): AgentState | null {
  const parsed = v.safeParse(StateSchema, parseJson(plain));
  return parsed.success ? parsed.output : null;
}

const stateKey = ({ homeId, wrappingKey }: HomeKey): Redacted<Uint8Array> =>
  new Redacted(deriveKey(wrappingKey.reveal(), `endymail home ${homeId} state`));

const authenticated = (header: Buffer, { homeId }: HomeKey): Uint8Array =>
  Buffer.concat([header, Buffer.from(homeId, 'utf8')]);

const damaged = (): Failure => failure('home-damaged');
