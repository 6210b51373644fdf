import { main } from '../cli/main.ts';

/** This program as the command line. Returns the exit code, once everything that was said is out. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  const code = await main(args);
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise<void>((resolve) => {
      stream.write('', () => {
        resolve();
      });
    });
  }
  return code;
}
