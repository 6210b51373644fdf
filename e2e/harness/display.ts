import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { baseEnv, endProgram, runProgram } from './child.ts';
import { until } from './until.ts';

/** A screen that nobody looks at, for programs with windows. */
export interface Display extends AsyncDisposable {
  /** As DISPLAY takes it, e.g. ":42". */
  readonly name: string;
  /** Waits until a visible window has a title that contains `title`; returns its id. */
  findWindow(title: string, limitMs?: number): Promise<string>;
  /** Waits until nothing in a window has changed for `stillMs`: what it works out by itself is decided and shown. */
  waitUntilStill(window: string, stillMs?: number): Promise<void>;
  /** Presses keys in a window, in the words of xdotool: "ctrl+Return". */
  pressKey(window: string, key: string): Promise<void>;
  /** Writes a window (the whole screen by default) into a PNG file. */
  takePicture(file: string, window?: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts Xvfb on a free display that it chooses itself. */
export async function startDisplay(size = '1280x900'): Promise<Display> {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp'], {
    env: baseEnv(),
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', kill);
  const channel = child.stdio[3];
  if (!channel || !('readable' in channel)) throw new Error('Xvfb has no channel for the number of its display.');
  const [answer] = (await once(channel, 'data', { signal: AbortSignal.timeout(10_000) })) as [Buffer];
  const name = `:${answer.toString().trim()}`;
  const env = { ...baseEnv(), DISPLAY: name };
  const xdotool = async (...args: readonly string[]): Promise<string> =>
    (await runProgram('xdotool', args, { env })).stdout.toString().trim();
  const close = async (): Promise<void> => {
    await endProgram(child);
    process.off('exit', kill);
  };
  return {
    name,
    findWindow: (title, limitMs) =>
      until(
        `a window "${title}"`,
        async () => {
          const [first = ''] = (await xdotool('search', '--onlyvisible', '--name', escapePattern(title))).split('\n');
          return first === '' ? null : first;
        },
        limitMs,
      ),
    waitUntilStill: async (window, stillMs = 1_000) => {
      let last = '';
      let since = Date.now();
      await until(`a window that stands still for ${stillMs} ms`, async () => {
        const pixels = await runProgram('import', ['-window', window, 'rgb:-'], { env });
        const now = createHash('sha256').update(pixels.stdout).digest('hex');
        if (now !== last) since = Date.now();
        last = now;
        return pixels.code === 0 && Date.now() - since >= stillMs;
      });
    },
    pressKey: async (window, key) => {
      // There is no window manager: focus is given by hand.
      await xdotool('windowfocus', '--sync', window);
      await xdotool('key', '--clearmodifiers', key);
    },
    takePicture: async (file, window = 'root') => {
      const run = await runProgram('import', ['-window', window, file], { env });
      if (run.code !== 0) throw new Error(`No picture: ${run.stderr.toString()}`);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
