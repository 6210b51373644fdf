import { parseArgs } from 'node:util';
import { err, ok, type Result } from '@endymail/shared/result';

export interface DemoOptions {
  /** Show what every command printed. */
  readonly verbose: boolean;
  /** Show Thunderbird on a screen and take pictures of it. */
  readonly pictures: boolean;
  /** The folder for the results; null: a new one below `out/demo`. */
  readonly out: string | null;
  readonly help: boolean;
}

export const USAGE = [
  'npm run demo                     alice and bob, from the tick to the mail and back, in about a minute',
  'npm run demo -- --verbose        with what every command printed',
  'npm run demo -- --no-pictures    without a screen: needs neither Xvfb nor ImageMagick',
  'npm run demo -- --out <folder>   the results go into this folder, which must be new or empty',
].join('\n');

/** Errors: a sentence that says which parameter is not known. */
export function parseOptions(args: readonly string[]): Result<DemoOptions, string> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        verbose: { type: 'boolean', default: false },
        'no-pictures': { type: 'boolean', default: false },
        out: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    return ok({
      verbose: values.verbose,
      pictures: !values['no-pictures'],
      out: values.out ?? null,
      help: values.help,
    });
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
}
