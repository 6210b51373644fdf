/**
 * Why bytes are not taken.
 * `malformed`: not of the form. `newer`: of a version or type that this program does not know. `wrong-type`: a statement
 * of another type. `unknown-signer`: signed by a key that the caller does not know. `weak-key`: that key must not be
 * used. `bad-signature`. `does-not-open`: sealed under another key or for another context, or changed.
 */
export type SealingFault =
  'malformed' | 'newer' | 'wrong-type' | 'unknown-signer' | 'weak-key' | 'bad-signature' | 'does-not-open';
