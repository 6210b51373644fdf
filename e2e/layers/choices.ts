import { err, ok, type Result } from '@endymail/shared/result';
import { LAYERS, type LayerName } from './layers.ts';

/**
 * Which layers the person leaves out, from `ENDYMAIL_TEST_SKIP=clients,crash`. For a person's own machine: where `CI`
 * is set it is refused, so that nobody is told green about what did not run.
 */
export function skippedLayers(env: Readonly<Record<string, string | undefined>>): Result<readonly LayerName[], string> {
  const asked = (env['ENDYMAIL_TEST_SKIP'] ?? '').split(',').flatMap((name) => name.trim() || []);
  if (asked.length === 0) return ok([]);
  if (env['CI'] !== undefined && env['CI'] !== '' && env['CI'] !== 'false') {
    return err('ENDYMAIL_TEST_SKIP is for your own machine; with CI set every layer runs.');
  }
  const known = LAYERS.map(({ name }) => name);
  const unknown = asked.filter((name) => !known.some((layer) => layer === name));
  if (unknown.length > 0)
    return err(`ENDYMAIL_TEST_SKIP: no layer is called ${unknown.join(', ')}; there are ${known.join(', ')}.`);
  return ok(known.filter((name) => asked.includes(name)));
}
