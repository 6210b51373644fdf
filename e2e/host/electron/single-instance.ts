import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
  type FSWatcher,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as v from 'valibot';
import { createCodec } from '../page/codec.ts';

/** What a second instance tells the first before it ends. */
export interface SecondInstance {
  readonly argv: readonly string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

const Note = v.object({ argv: v.array(v.string()), workingDirectory: v.string(), additionalData: v.unknown() });
const codec = createCodec();

/**
 * The lock that one instance of an app holds on its folder: SQLite's own on a file, since it is asked for at once, held
 * by the process, and gone with it however it ends. Notes to the one that holds it are files in a folder that it watches.
 */
export class SingleInstanceLock {
  private readonly folder: string;
  private database: DatabaseSync | null = null;
  private watcher: FSWatcher | null = null;

  constructor(userData: string) {
    this.folder = join(userData, 'host', 'instance');
  }

  /** Takes the lock; false when another process holds it, which has been told then. */
  take(mine: SecondInstance, told: (second: SecondInstance) => void): boolean {
    if (this.database !== null) return true;
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const database = new DatabaseSync(join(this.folder, 'lock.sqlite'));
    try {
      database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    } catch {
      database.close();
      this.leaveNote(mine);
      return false;
    }
    this.database = database;
    this.watcher = watch(this.folder, () => {
      this.readNotes(told);
    });
    this.watcher.unref();
    this.readNotes(told);
    return true;
  }

  release(): void {
    this.watcher?.close();
    this.database?.close();
    this.database = null;
  }

  private leaveNote(note: SecondInstance): void {
    const name = join(this.folder, crypto.randomUUID());
    writeFileSync(`${name}.part`, codec.encode(note), { mode: 0o600 });
    renameSync(`${name}.part`, `${name}.note`);
  }

  private readNotes(told: (second: SecondInstance) => void): void {
    for (const name of readdirSync(this.folder).filter((file) => file.endsWith('.note'))) {
      const path = join(this.folder, name);
      const note = v.parse(Note, codec.decode(readFileSync(path, 'utf8')));
      rmSync(path);
      told(note);
    }
  }
}
