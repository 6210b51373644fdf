/** SQLite's primary result codes (sqlite.org/rescode.html) that mean something to us. */
export const SQLITE = Object.freeze({ busy: 5, readOnly: 8, corrupt: 11, tooBig: 18, notADatabase: 26 });

/** The primary result code of an error of node:sqlite; null when it is of something else. */
export function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  // The bytes above the first say more about the same error.
  return error.errcode & 0xff;
}
