/** One request, for whoever watches over the service: nothing that says whose it was. */
export interface RequestRecord {
  readonly event: 'request';
  /** The pattern of the call, with the names of its parameters: `/v1/accounts/:account/chain`. Null: no call. */
  readonly route: string | null;
  readonly method: string;
  readonly status: number;
  /** Of the problem; null where it went well. */
  readonly code: string | null;
  readonly durationMs: number;
}

/** What the service tells of its own life. */
export interface LifeRecord {
  readonly event: 'started' | 'stopping' | 'stopped';
}

/** A mistake of ours, or of the store. `where` are places in the code; never a message, which may quote what it met. */
export interface MistakeRecord {
  readonly event: 'mistake';
  readonly where: string;
}

/**
 * Where the service tells what it does, as one line of JSON each. It takes records and no text: names, addresses, ids and
 * URLs have no place in it.
 */
export type Journal = (record: RequestRecord | LifeRecord | MistakeRecord) => void;

/** A journal that gives its lines to `write`. */
export const createJournal =
  (write: (line: string) => void, now: () => Date = () => new Date()): Journal =>
  (record) => {
    write(`${JSON.stringify({ time: now().toISOString(), ...record })}\n`);
  };

const FRAMES_MAX = 12;

/** Where a mistake showed: the kind of error, and the lines of the code. */
export function whereOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames.slice(0, FRAMES_MAX).map((line) => line.trim())].join('\n');
}
