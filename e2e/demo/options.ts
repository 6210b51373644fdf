import { parseArgs } from 'node:util';
import { err, ok, type Result } from '@endymail/shared/result';

export interface DemoOptions {
  /** Show what every command printed. */
  readonly verbose: boolean;
  /** Draw the windows of Thunderbird and Endymail, and take pictures of them. */
  readonly pictures: boolean;
  /** Let the person see Endymail's window, too. */
  readonly show: boolean;
  /** The folder for the results; null: a new one below `out/demo`. */
  readonly out: string | null;
  readonly help: boolean;
}

export const USAGE = [
  'npm run demo                     alice and bob, from the tick to the mail and back, in a minute or two',
  'npm run demo -- --verbose        with what every command printed',
  "npm run demo -- --show           lets you see Endymail's window on your screen, while alice uses it",
  'npm run demo -- --no-pictures    draws no window: needs neither Xvfb, ImageMagick nor Chromium',
  'npm run demo -- --out <folder>   the results go into this folder, which must be new or empty',
].join('\n');

/** Errors: a sentence that says which parameter is not known. */
export function parseOptions(args: readonly string[]): Result<DemoOptions, string> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        verbose: { type: 'boolean', default: false },
        show: { type: 'boolean', default: false },
        'no-pictures': { type: 'boolean', default: false },
        out: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.show && values['no-pictures']) return err('What is not drawn can not be shown: --show, --no-pictures.');
    return ok({
      verbose: values.verbose,
      pictures: !values['no-pictures'],
      show: values.show,
      out: values.out ?? null,
      help: values.help,
    });
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
}
