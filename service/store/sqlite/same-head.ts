import type { StoredHead } from '../store.ts';

export const isSameHead = (one: StoredHead, other: StoredHead): boolean =>
  one.count === other.count && one.hash === other.hash;
