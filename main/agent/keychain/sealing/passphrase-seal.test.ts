import { argon2Sync, createDecipheriv, createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { Redacted, type Failure, type Result } from '@endymail/shared/result';
import { inspect, sealUnderPassphrase, unsealUnderPassphrase, type PassphraseFormat } from './passphrase-seal.ts';

const FORMAT: PassphraseFormat = { magic: 'EndyTest', version: 3, oldestVersion: 3, maxBytes: 1_000 };
const PASSPHRASE = new Redacted('four random words here');
const PLAIN = Buffer.from('what nobody else may read');

const VERSION_AT = 8;
const MEMORY_AT = 10;
const ITERATIONS_AT = 14;
const LANES_AT = 18;
const SALT_AT = 19;
const NONCE_AT = 35;
const CHECKSUM_BYTES = 32;

async function made(): Promise<Buffer> {
  return Buffer.from(valueOf(await sealUnderPassphrase(FORMAT, 'context', PASSPHRASE, PLAIN)));
}

function valueOf<T>(result: Result<T, Failure>): T {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

/** What somebody makes who changes a file and repairs its checksum. */
function changed(file: Buffer, change: (copy: Buffer) => unknown): Buffer {
  const copy = Buffer.from(file);
  change(copy);
  const body = copy.subarray(0, -CHECKSUM_BYTES);
  return Buffer.concat([body, createHash('sha256').update(body).digest()]);
}

test('the passphrase opens it, another one does not, and neither does another context', async () => {
  const file = await made();
  const opened = await unsealUnderPassphrase(FORMAT, 'context', PASSPHRASE, file);
  expect(opened.ok && Buffer.from(opened.value)).toEqual(PLAIN);
  for (const [context, passphrase] of [
    ['context', 'four random words her'],
    ['another context', PASSPHRASE.reveal()],
  ] as const) {
    const refused = await unsealUnderPassphrase(FORMAT, context, new Redacted(passphrase), file);
    expect(refused).toEqual({ ok: false, error: 'wrong-passphrase' });
  }
});

test('the format is what its description says: another implementation of Argon2id and AES opens it', async () => {
  const file = await made();
  const key = argon2Sync('argon2id', {
    message: PASSPHRASE.reveal(),
    nonce: file.subarray(SALT_AT, NONCE_AT),
    memory: 65_536,
    passes: 3,
    parallelism: 1,
    tagLength: 32,
  });
  const body = file.subarray(0, -CHECKSUM_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(NONCE_AT, NONCE_AT + 12), { authTagLength: 16 });
  decipher.setAAD(Buffer.concat([body.subarray(0, NONCE_AT), Buffer.from('context')]));
  decipher.setAuthTag(body.subarray(-16));
  const plain = Buffer.concat([decipher.update(body.subarray(NONCE_AT + 12, -16)), decipher.final()]);
  expect(plain).toEqual(PLAIN);
});

test('[SEC-6] one changed byte anywhere is told as damage, before the passphrase is tried', async () => {
  const file = await made();
  for (let at = 0; at < file.length; at += 1) {
    const damaged = Buffer.from(file);
    damaged[at] = file[at]! ^ 0x01;
    // A version that seems to be newer is refused as such.
    expect(inspect(FORMAT, damaged)).toBe(at === VERSION_AT ? 'newer' : 'malformed');
  }
  for (let length = 0; length < file.length; length += 1) {
    expect(inspect(FORMAT, file.subarray(0, length))).toBe('malformed');
  }
});

test('[SEC-6] a file whose checksum was repaired after the change does not open either', async () => {
  const file = await made();
  for (const at of [SALT_AT, NONCE_AT, NONCE_AT + 12, file.length - CHECKSUM_BYTES - 1]) {
    const forged = changed(file, (copy) => copy.writeUInt8(copy.readUInt8(at) ^ 0x80, at));
    const refused = await unsealUnderPassphrase(FORMAT, 'context', PASSPHRASE, forged);
    expect(refused).toEqual({ ok: false, error: 'wrong-passphrase' });
  }
});

test('[SEC-30] parameters weaker than ever written, or dearer than a computer can bear, are refused', async () => {
  const file = await made();
  const forgeries = [
    changed(file, (copy) => copy.writeUInt32BE(65_535, MEMORY_AT)),
    changed(file, (copy) => copy.writeUInt32BE(0xffff_ffff, MEMORY_AT)),
    changed(file, (copy) => copy.writeUInt32BE(2, ITERATIONS_AT)),
    changed(file, (copy) => copy.writeUInt32BE(0xffff_ffff, ITERATIONS_AT)),
    changed(file, (copy) => copy.writeUInt8(0, LANES_AT)),
    changed(file, (copy) => copy.writeUInt8(255, LANES_AT)),
  ];
  for (const forged of forgeries) expect(inspect(FORMAT, forged)).toBe('malformed');
});

test('[SEC-31] a newer version is told from damage', async () => {
  const file = await made();
  const newer = changed(file, (copy) => copy.writeUInt16BE(FORMAT.version + 1, VERSION_AT));
  expect(inspect(FORMAT, newer)).toBe('newer');
  // Whatever a newer one has after its version.
  expect(inspect(FORMAT, newer.subarray(0, MEMORY_AT))).toBe('newer');
  expect(
    inspect(
      FORMAT,
      changed(file, (copy) => copy.writeUInt16BE(0, VERSION_AT)),
    ),
  ).toBe('malformed');
});

test('[SEC-30] a file longer than the format allows is not looked at', async () => {
  const long = valueOf(await sealUnderPassphrase(FORMAT, '', PASSPHRASE, new Uint8Array(FORMAT.maxBytes)));
  expect(inspect(FORMAT, long)).toBe('malformed');
});

test('a passphrase of 11 characters is too short', async () => {
  const refused = await sealUnderPassphrase(FORMAT, '', new Redacted('elevenchars'), PLAIN);
  expect(refused.ok ? null : refused.error.code).toBe('passphrase-too-short');
});

test('a passphrase is the same however its accents are typed', async () => {
  const composed = new Redacted('vier zuf\u00e4llige W\u00f6rter');
  const file = valueOf(await sealUnderPassphrase(FORMAT, '', composed, PLAIN));
  const decomposed = new Redacted(composed.reveal().normalize('NFD'));
  expect(decomposed.reveal()).not.toBe(composed.reveal());
  expect((await unsealUnderPassphrase(FORMAT, '', decomposed, file)).ok).toBe(true);
});
