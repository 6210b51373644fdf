import { stdout } from 'node:process';

/** Says where this program answers, and from then on at SIGUSR2 that its memory was tidied. It ends when it is told to. */
export function ready(url: string): void {
  process.on('SIGUSR2', () => {
    globalThis.gc?.();
    stdout.write('tidy\n');
  });
  // A program that has nothing to do stays all the same.
  setInterval(() => undefined, 2 ** 30);
  stdout.write(`${url}\n`);
}
