import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { argon2id } from 'hash-wasm';
import { Redacted, err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { SEAL_OVERHEAD_BYTES, seal, unseal } from './aead.ts';

/**
 * A file sealed under a passphrase:
 *
 *     magic 8 | version 2 | memory in KiB 4 | iterations 4 | lanes 1 | salt 16 | nonce 12 | ciphertext | tag 16 | SHA-256 32
 *
 * Integers are big-endian. Everything before the nonce, and the context, is authenticated. The SHA-256 over all before it
 * protects nothing against an attacker; it tells a damaged file from a mistyped passphrase.
 */
export interface PassphraseFormat {
  /** 8 ASCII characters. */
  readonly magic: string;
  /** The version that this program writes, and the highest it reads. */
  readonly version: number;
  /** The lowest it reads. */
  readonly oldestVersion: number;
  /** The longest file that is looked at. */
  readonly maxBytes: number;
}

/** What a file turned out not to be. */
export type PassphraseRefusal = 'malformed' | 'newer' | 'wrong-passphrase';

/** The shortest passphrase that anything which leaves this computer is sealed under. */
const PASSPHRASE_MIN_CHARS = 12;

/** Argon2id (RFC 9106): above its second recommendation (64 MiB, 3 passes), with one lane as WebAssembly has one thread. */
const ARGON2_MEMORY_KIB = 65_536;
const ARGON2_ITERATIONS = 3;
const ARGON2_LANES = 1;

/**
 * What a file may ask for. Never less than was ever written (a weaker file is not ours), and no more than a small
 * computer can bear: the parameters are read before anything is authenticated.
 */
const ARGON2_MEMORY_MAX_KIB = 524_288;
const ARGON2_ITERATIONS_MAX = 8;
const ARGON2_LANES_MAX = 4;

const MAGIC_BYTES = 8;
const VERSION_AT = MAGIC_BYTES;
const MEMORY_AT = VERSION_AT + 2;
const ITERATIONS_AT = MEMORY_AT + 4;
const LANES_AT = ITERATIONS_AT + 4;
const SALT_AT = LANES_AT + 1;
const SALT_BYTES = 16;
const HEADER_BYTES = SALT_AT + SALT_BYTES;
const CHECKSUM_BYTES = 32;
const KEY_BYTES = 32;

/** Whether a passphrase that a person chose may be used to seal something. */
export function isLongEnough(passphrase: Redacted<string>): boolean {
  return normalised(passphrase).length >= PASSPHRASE_MIN_CHARS;
}

/** Seals `plain`; `context` must be given again to open. Errors: `passphrase-too-short`. */
export async function sealUnderPassphrase(
  format: PassphraseFormat,
  context: string,
  passphrase: Redacted<string>,
  plain: Uint8Array,
): Promise<Result<Uint8Array, Failure>> {
  if (!isLongEnough(passphrase)) return err(failure('passphrase-too-short'));
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(format.magic, 0, MAGIC_BYTES, 'ascii');
  header.writeUInt16BE(format.version, VERSION_AT);
  header.writeUInt32BE(ARGON2_MEMORY_KIB, MEMORY_AT);
  header.writeUInt32BE(ARGON2_ITERATIONS, ITERATIONS_AT);
  header.writeUInt8(ARGON2_LANES, LANES_AT);
  randomBytes(SALT_BYTES).copy(header, SALT_AT);
  const body = Buffer.concat([header, seal(await keyOf(header, passphrase), authenticated(header, context), plain)]);
  return ok(Buffer.concat([body, checksumOf(body)]));
}

/** Opens what `sealUnderPassphrase` made with the same format and context. */
export async function unsealUnderPassphrase(
  format: PassphraseFormat,
  context: string,
  passphrase: Redacted<string>,
  file: Uint8Array,
): Promise<Result<Uint8Array, PassphraseRefusal>> {
  const refusal = inspect(format, file);
  if (refusal !== null) return err(refusal);
  const header = Buffer.from(file.subarray(0, HEADER_BYTES));
  const sealed = file.subarray(HEADER_BYTES, file.length - CHECKSUM_BYTES);
  const plain = unseal(await keyOf(header, passphrase), authenticated(header, context), sealed);
  return plain === null ? err('wrong-passphrase') : ok(plain);
}

/** What can be told without the passphrase; null when the file may be opened. */
export function inspect(format: PassphraseFormat, file: Uint8Array): 'malformed' | 'newer' | null {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < MEMORY_AT || bytes.toString('latin1', 0, MAGIC_BYTES) !== format.magic) return 'malformed';
  const version = bytes.readUInt16BE(VERSION_AT);
  if (version > format.version) return 'newer';
  const known =
    version >= format.oldestVersion &&
    bytes.length >= HEADER_BYTES + SEAL_OVERHEAD_BYTES + CHECKSUM_BYTES &&
    bytes.length <= format.maxBytes &&
    timingSafeEqual(checksumOf(bytes.subarray(0, -CHECKSUM_BYTES)), bytes.subarray(-CHECKSUM_BYTES)) &&
    within(bytes.readUInt32BE(MEMORY_AT), ARGON2_MEMORY_KIB, ARGON2_MEMORY_MAX_KIB) &&
    within(bytes.readUInt32BE(ITERATIONS_AT), ARGON2_ITERATIONS, ARGON2_ITERATIONS_MAX) &&
    within(bytes.readUInt8(LANES_AT), ARGON2_LANES, ARGON2_LANES_MAX);
  return known ? null : 'malformed';
}

async function keyOf(header: Buffer, passphrase: Redacted<string>): Promise<Redacted<Uint8Array>> {
  const key = await argon2id({
    password: normalised(passphrase),
    salt: header.subarray(SALT_AT, SALT_AT + SALT_BYTES),
    memorySize: header.readUInt32BE(MEMORY_AT),
    iterations: header.readUInt32BE(ITERATIONS_AT),
    parallelism: header.readUInt8(LANES_AT),
    hashLength: KEY_BYTES,
    outputType: 'binary',
  });
  return new Redacted(key);
}

/** The same passphrase typed on two systems may differ in how its accents are composed (RFC 8265 §4.2.2 takes NFC). */
const normalised = (passphrase: Redacted<string>): string => passphrase.reveal().normalize('NFC');

const authenticated = (header: Buffer, context: string): Uint8Array =>
  Buffer.concat([header, Buffer.from(context, 'utf8')]);

const checksumOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

const within = (value: number, min: number, max: number): boolean => value >= min && value <= max;
