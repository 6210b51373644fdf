/** What SQLite's result codes mean here (https://sqlite.org/rescode.html). */

const CORRUPT = 11;
const FULL = 13;
const NOT_A_DATABASE = 26;
/** SQLITE_IOERR_SHMSIZE: the index of the write-ahead log could not grow, which is what a full disk does to it. */
const NO_ROOM_FOR_INDEX = 4_874;

/** The kind of error is in the lowest byte of its code. */
const KIND = 0xff;

export const isFull = (error: unknown): boolean => [FULL, NO_ROOM_FOR_INDEX].includes(codeOf(error));

export const isDamage = (error: unknown): boolean => [CORRUPT, NOT_A_DATABASE].includes(codeOf(error) & KIND);

/** 0: not an error of SQLite. */
const codeOf = (error: unknown): number =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : 0;
