import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { readBounded } from '../files/bounded-read.ts';
import { parseJson } from '../files/decode.ts';
import { PRIVATE_FILE_MODE, PRIVATE_FOLDER_MODE, replaceDurably } from '../files/durable-write.ts';

const SETTINGS_MAX_BYTES = 64 * 1024;
const SIZE_MAX_PX = 100_000;
const pixels = v.pipe(v.number(), v.integer(), v.minValue(-SIZE_MAX_PX), v.maxValue(SIZE_MAX_PX));

const Bounds = v.object({ x: pixels, y: pixels, width: pixels, height: pixels });

/** What the shell remembers for itself. Nothing of the person's mail is in it. */
const Settings = v.object({
  version: v.literal(1),
  theme: v.fallback(v.picklist(['system', 'light', 'dark']), 'system'),
  /** Where the window was; null: it was never moved. */
  bounds: v.fallback(v.nullable(Bounds), null),
  isMaximized: v.fallback(v.boolean(), false),
  /** The person chose that Endymail starts with the computer and goes on when its window is closed. */
  staysOpen: v.fallback(v.boolean(), false),
  /** That it goes on was said once. */
  isStayingExplained: v.fallback(v.boolean(), false),
  lastBackupAt: v.fallback(v.nullable(v.pipe(v.string(), v.isoTimestamp())), null),
});

export type ShellSettings = Readonly<v.InferOutput<typeof Settings>>;
export type WindowBounds = v.InferOutput<typeof Bounds>;

export const DEFAULT_SETTINGS: ShellSettings = Object.freeze({
  version: 1,
  theme: 'system',
  bounds: null,
  isMaximized: false,
  staysOpen: false,
  isStayingExplained: false,
  lastBackupAt: null,
});

export interface SettingsFile {
  readonly get: () => ShellSettings;
  /** Known here at once, and on the disk after; a disk that does not take it costs what was chosen, nothing else. */
  readonly change: (change: Partial<ShellSettings>) => void;
  /** Resolves when what was changed is on the disk. */
  readonly flush: () => Promise<void>;
}

/** Reads the file. One that is damaged, of another version, or not there counts for nothing. */
export async function openSettings(path: string): Promise<SettingsFile> {
  let settings = await read(path);
  let saved: Promise<void> = Promise.resolve();
  return {
    get: () => settings,
    change: (change) => {
      settings = { ...settings, ...change };
      const content = settings;
      saved = saved.then(() => write(path, content)).catch(() => undefined);
    },
    flush: () => saved,
  };
}

async function read(path: string): Promise<ShellSettings> {
  const file = await readBounded(path, SETTINGS_MAX_BYTES);
  if (!file.ok || file.value === null) return DEFAULT_SETTINGS;
  const parsed = v.safeParse(Settings, parseJson(file.value));
  if (!parsed.success) return DEFAULT_SETTINGS;
  return parsed.output;
}

async function write(path: string, settings: ShellSettings): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: PRIVATE_FOLDER_MODE });
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const content = Buffer.from(`${JSON.stringify(settings, null, 2)}\n`);
  await replaceDurably({ path, content, mode: PRIVATE_FILE_MODE, temporary });
}
