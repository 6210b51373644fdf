/**
 * Which of two sides counts: what only one of them changed since `base` is that one's, and where both did, the catalogs
 * have decided already.
 */
export function decided<T>(sides: {
  readonly local: T;
  readonly base: T;
  readonly remote: T;
  readonly same: (left: T, right: T) => boolean;
}): 'local' | 'remote' {
  const { local, base, remote, same } = sides;
  return !same(local, base) && same(remote, base) ? 'local' : 'remote';
}
