import { join } from 'node:path';
import * as v from 'valibot';
import { ok, type Failure, type Result } from '@endymail/shared/result';
import { parseJson } from '../../files/decode.ts';
import { readOwnFile } from '../own-files/read-own-file.ts';
import { replaceFile } from '../own-files/replace-file.ts';

/** What was written outside of the home to have this home served, so that it can be taken away again. Not secret. */
export interface BackgroundRecord {
  readonly name: string;
  /** `digests`: SHA-256 of what was written, the last one first. */
  readonly file: { readonly path: string; readonly digests: readonly string[] };
  readonly link: { readonly path: string; readonly target: string } | null;
  /** The folders that were made for them, the outermost first. */
  readonly folders: readonly string[];
}

const VERSION = 1;
const MAX_BYTES = 64 * 1_024;

const Path = v.pipe(v.string(), v.minLength(1), v.maxLength(4_096));
const File = v.strictObject({
  version: v.literal(VERSION),
  name: Path,
  file: v.strictObject({
    path: Path,
    digests: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))), v.maxLength(2)),
  }),
  link: v.nullable(v.strictObject({ path: Path, target: Path })),
  folders: v.pipe(v.array(Path), v.maxLength(16)),
});

/** Where it stands. */
export const backgroundRecordPath = (home: string): string => join(home, 'background.json');

/** Null where there is none, or none that can be read: then nothing is touched. */
export async function readBackgroundRecord(home: string): Promise<BackgroundRecord | null> {
  const bytes = await readOwnFile(backgroundRecordPath(home), MAX_BYTES);
  if (!bytes.ok || bytes.value === null) return null;
  const read = v.safeParse(File, parseJson(bytes.value));
  return read.success ? read.output : null;
}

/** Errors: `disk-full`, `home-unwritable`, `write-failed` (the old one is there). */
export async function writeBackgroundRecord(home: string, record: BackgroundRecord): Promise<Result<void, Failure>> {
  const bytes = Buffer.from(`${JSON.stringify({ version: VERSION, ...record })}\n`, 'utf8');
  const written = await replaceFile(backgroundRecordPath(home), bytes);
  return written.ok ? ok() : written;
}
