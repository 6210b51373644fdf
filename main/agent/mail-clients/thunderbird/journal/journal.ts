import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, writeFileSync } from 'node:fs';
import { rm, truncate, unlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { ProfileId } from '@endymail/shared/mail';
import { readBounded } from '../../../../files/bounded-read.ts';
import { utf8Text } from '../../../../files/decode.ts';
import { PRIVATE_FILE_MODE, syncFolder } from '../../../../files/durable-write.ts';
import { errnoOf } from '../../../../files/system-error.ts';
import { JOURNAL_MAX_BYTES } from '../../adapter.ts';
import { fileFailure } from '../files/file-failure.ts';
import { replaceFile, successorOf } from '../files/replace-file.ts';
import {
  parseEvent,
  parseHeader,
  writeEvent,
  writeHeader,
  type Change,
  type EventKind,
  type JournalEvent,
  type JournalHeader,
} from './event.ts';
import { eventsOf, replay, type Ledger } from './ledger.ts';

/** What was written into one profile, on disk before it is written into the profile. */
export interface Journal {
  /** What is ours in the profile, as of the last `append`. */
  readonly ledger: () => Ledger;
  /** Writes the events and waits until the disk has them. Errors: `disk-full`, `home-unwritable`. */
  readonly append: (event: EventKind, changes: readonly Change[]) => Promise<Result<void, Failure>>;
  /** As `append`, of several kinds in this order. A crash leaves the first of them and not the others, or all. */
  readonly appendAll: (events: Events) => Promise<Result<void, Failure>>;
}

/** What happened, each kind with what it happened to. */
export type Events = readonly (readonly [EventKind, readonly Change[]])[];

/** Above this size a journal is rewritten to what it amounts to when it is opened. */
const JOURNAL_COMPACT_BYTES = 256 * 1024;

/** Where the journal of a profile is. */
export const journalPath = (clientsFolder: string, profileId: ProfileId): string =>
  path.join(clientsFolder, `${profileId}.jsonl`);

/**
 * Reads a profile's journal without changing anything; an empty ledger where there is none.
 * Errors: `home-damaged`, `home-newer`, `home-unwritable`.
 */
export async function readLedger(file: string): Promise<Result<Ledger, Failure>> {
  const read = await readJournal(file);
  return read.ok ? ok(replay(read.value.events)) : read;
}

/**
 * Opens a profile's journal for writing: cuts off a line that a crash left unfinished, and shortens it where it has grown
 * long. Where there is none it is made with the first events. The folder must exist. Errors: as `readLedger`, and
 * `disk-full`.
 */
export async function openJournal(file: string, profilePath: string): Promise<Result<Journal, Failure>> {
  const read = await readJournal(file);
  if (!read.ok) return read;
  const { header, events, intactBytes, bytes } = read.value;
  try {
    if (header === null) return ok(journalOn(file, [], writeHeader({ journal: 'thunderbird', profilePath })));
    if (bytes > JOURNAL_COMPACT_BYTES) {
      const short = eventsOf(replay(events));
      await replaceFile(file, [writeHeader(header), ...short.map(writeEvent)].join(''), PRIVATE_FILE_MODE);
      return ok(journalOn(file, short));
    }
    await rm(successorOf(file), { force: true });
    if (intactBytes < bytes) await truncate(file, intactBytes);
    return ok(journalOn(file, events));
  } catch (error) {
    return err(fileFailure(error, file, 'home-unwritable'));
  }
}

/** Deletes a journal. Errors: `home-unwritable`. */
export async function deleteJournal(file: string): Promise<Result<void, Failure>> {
  try {
    await unlink(file);
    await syncFolder(path.dirname(file));
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') return err(fileFailure(error, file, 'home-unwritable'));
  }
  return ok();
}

/** `missingHeader`: what the file, which is not there yet, begins with. */
function journalOn(file: string, before: readonly JournalEvent[], missingHeader: string | null = null): Journal {
  const events = [...before];
  let header = missingHeader;
  let ledger = replay(events);
  const appendAll: Journal['appendAll'] = async (told) => {
    const first = (events.at(-1)?.n ?? 0) + 1;
    const added = told
      .flatMap(([event, changes]) => changes.map((change) => ({ event, change })))
      .map(({ event, change }, index): JournalEvent => ({ n: first + index, event, change }));
    if (added.length === 0) return ok();
    const text = added.map(writeEvent).join('');
    try {
      if (header === null) await appendDurably(file, text);
      else await replaceFile(file, header + text, PRIVATE_FILE_MODE);
    } catch (error) {
      return err(fileFailure(error, file, 'home-unwritable'));
    }
    header = null;
    events.push(...added);
    ledger = replay(events);
    return ok();
  };
  return { ledger: () => ledger, appendAll, append: (event, changes) => appendAll([[event, changes]]) };
}

/** Only bringing it to disk takes long enough to be worth a way through Node's pool of threads. */
async function appendDurably(file: string, text: string): Promise<void> {
  const descriptor = openSync(file, 'a', PRIVATE_FILE_MODE);
  try {
    const { size } = fstatSync(descriptor);
    try {
      writeFileSync(descriptor, text);
      await bringToDisk(descriptor);
    } catch (error) {
      // Half a batch would be a malformed line in the middle once the next one is written behind it.
      cutBack(descriptor, size);
      throw error;
    }
  } finally {
    closeSync(descriptor);
  }
}

const bringToDisk = promisify(fdatasync);

function cutBack(descriptor: number, size: number): void {
  try {
    ftruncateSync(descriptor, size);
  } catch {
    // What went wrong before is what there is to tell.
  }
}

interface JournalText {
  readonly header: JournalHeader | null;
  readonly events: readonly JournalEvent[];
  readonly bytes: number;
  /** How much of the file is whole lines. */
  readonly intactBytes: number;
}

async function readJournal(file: string): Promise<Result<JournalText, Failure>> {
  const read = await readBounded(file, JOURNAL_MAX_BYTES);
  if (!read.ok) {
    return err(
      read.error.kind === 'unreadable' ? fileFailure(read.error.error, file, 'home-unwritable') : damaged(file),
    );
  }
  const bytes = read.value;
  if (bytes === null) return ok({ header: null, events: [], bytes: 0, intactBytes: 0 });
  // An append is one write of whole lines; what follows the last line end is what a crash cut off.
  const intactBytes = bytes.lastIndexOf('\n') + 1;
  const intact = utf8Text(bytes.subarray(0, intactBytes));
  if (intact === null) return err(damaged(file));
  const [first, ...lines] = intact.split('\n').slice(0, -1);
  const header = first === undefined ? null : parseHeader(first);
  if (header === 'newer') return err(failure('home-newer'));
  // The file is made whole by a rename: without its first line it is not what Endymail wrote.
  if (header === null) return err(damaged(file));
  const events: JournalEvent[] = [];
  for (const line of lines) {
    const event = parseEvent(line);
    if (event === 'newer') return err(failure('home-newer'));
    if (event?.n !== events.length + 1) return err(damaged(file));
    events.push(event);
  }
  return ok({ header, events, bytes: bytes.length, intactBytes });
}

const damaged = (file: string): Failure => failure('home-damaged', `The journal ${file} is damaged.`);
