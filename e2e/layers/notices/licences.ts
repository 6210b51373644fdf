/**
 * Licences under which a run-time dependency may stand (SPDX), all of them kind to an MIT program. A package under
 * another one fails the check until somebody has read it.
 */
const ALLOWED: readonly string[] = Object.freeze(['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0']);

/**
 * Under which licence a package is used: the first of an `A OR B` that is allowed. `null`: none of them is.
 */
export function licenceUsed(expression: string): string | null {
  const alternatives = expression.replaceAll(/[()]/g, '').split(' OR ');
  return alternatives.find((licence) => ALLOWED.includes(licence.trim()))?.trim() ?? null;
}
