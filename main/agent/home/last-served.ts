import * as v from 'valibot';
import type { TimeSpan } from '@endymail/shared/ipc';
import { ok, type Failure, type Result } from '@endymail/shared/result';
import { parseJson } from '../../files/decode.ts';
import { readOwnFile } from '../own-files/read-own-file.ts';
import { replaceFile } from '../own-files/replace-file.ts';

/** `last-served.json`: when the home of this folder was last served. Not secret, and of this computer: in no backup. */
export interface LastServed {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** A time in which it was not served, of which the person has not said yet that they have read it. */
  readonly gap: TimeSpan | null;
}

const VERSION = 1;
const MAX_BYTES = 4_096;

// The form alone allows days that no month has.
const Moment = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.check((text) => !Number.isNaN(Date.parse(text))),
);
const File = v.strictObject({
  version: v.literal(VERSION),
  at: Moment,
  gap: v.nullable(v.strictObject({ from: Moment, to: Moment })),
});

/** Reads it; null where it is missing, damaged or of another version: then nothing is known, and nobody is the worse. */
export async function readLastServed(path: string): Promise<LastServed | null> {
  const bytes = await readOwnFile(path, MAX_BYTES);
  if (!bytes.ok || bytes.value === null) return null;
  const file = v.safeParse(File, parseJson(bytes.value));
  return file.success ? { at: file.output.at, gap: file.output.gap } : null;
}

/** Replaces it as a whole. Errors: `disk-full`, `home-unwritable`, `write-failed` (the old one is there). */
export async function writeLastServed(path: string, { at, gap }: LastServed): Promise<Result<void, Failure>> {
  const written = await replaceFile(path, Buffer.from(`${JSON.stringify({ version: VERSION, at, gap })}\n`, 'utf8'));
  return written.ok ? ok() : written;
}
