/** The command line from its sources: built when one has changed, then run in this process. */
import { pathToFileURL } from 'node:url';

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function runCommandLine(args) {
  const bundle = await builtOrSaid(async () => {
    const { upToDateCommandLine } = await import('../../../app/build/command-line.mjs');
    return upToDateCommandLine();
  });
  if (bundle === null) return 1;
  const { main } = await import(pathToFileURL(bundle).href);
  return main(args);
}

/**
 * What `build` gives; null where that failed and the person was told.
 *
 * @param {() => Promise<string>} build
 */
export async function builtOrSaid(build) {
  try {
    return await build();
  } catch (error) {
    const missing = error.code === 'ERR_MODULE_NOT_FOUND';
    console.error(
      missing ? 'Endymail is not installed completely. Run npm ci in its folder, then try again.' : error.message,
    );
    return null;
  }
}
