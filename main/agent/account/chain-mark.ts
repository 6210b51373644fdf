import type { Profile } from '@endymail/shared/identity';

/** Hexadecimal digits of the hash, which nobody finds a second chain for. */
const HASH_CHARS = 20;

/** How far a chain had come, to be written on paper: `12-3f2a…`, the number of its links and the beginning of its hash. */
export const chainMark = ({ head }: Pick<Profile, 'head'>): string =>
  `${String(head.count)}-${head.hash.slice(0, HASH_CHARS)}`;

/** Whether a chain went through what a mark says. Spaces and capital letters do not matter. */
export function isMarkOf({ passed }: Pick<Profile, 'passed'>, mark: string): boolean {
  const [, count = '', hash = ''] = /^(\d{1,6})-([0-9a-f]+)$/.exec(mark.replaceAll(/\s/g, '').toLowerCase()) ?? [];
  return hash.length === HASH_CHARS && passed[Number(count)]?.startsWith(hash) === true;
}
