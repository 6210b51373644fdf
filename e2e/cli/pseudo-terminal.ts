import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stripVTControlCharacters } from 'node:util';
import { endProgram, hasEnded } from '../harness/child.ts';
import type { TestHome } from '../harness/test-home.ts';
import { until } from '../harness/until.ts';

export const KEYS = Object.freeze({ enter: '\r', up: '\u001b[A', down: '\u001b[B', space: ' ', ctrlC: '\u0003' });

/** A program in a terminal, and a person before it who reads and types. */
export interface PseudoTerminal {
  /** Everything that was shown so far, without colours and movements. */
  readonly shown: () => string;
  /** Waits until this is shown after the last thing that was waited for. */
  sees(text: string | RegExp, limitMs?: number): Promise<void>;
  types(keys: string): void;
  /** Waits for the end; the exit code. */
  ends(limitMs?: number): Promise<number | null>;
}

/** Starts a program on a pseudo-terminal of 100 columns (`script` of util-linux). It ends with the home at the latest. */
export function openTerminal(
  command: readonly string[],
  { home, env }: { readonly home: TestHome; readonly env?: Readonly<Record<string, string>> },
): PseudoTerminal {
  const line = `stty cols 100 rows 40; exec ${command.map(quoted).join(' ')}`;
  const child = spawn('script', ['--quiet', '--flush', '--return', '--command', line, '/dev/null'], {
    env: { ...home.env, TERM: 'xterm', SHELL: '/bin/sh', ...env },
    cwd: home.scratchFolder,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  home.onDispose(() => endProgram(child));
  // A program that has ended reads no more; what it ended with is what the test looks at.
  child.stdin.on('error', () => undefined);
  let raw = '';
  let seen = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    raw += chunk.toString();
  });
  const shown = (): string => stripVTControlCharacters(raw).replaceAll('\r', '');
  return {
    shown,
    async sees(text, limitMs = 60_000) {
      const look = (): boolean => {
        const rest = shown().slice(seen);
        const found = typeof text === 'string' ? rest.indexOf(text) : rest.search(text);
        if (found < 0 && hasEnded(child)) throw new Error(`It ended without showing ${String(text)}:\n${shown()}`);
        if (found >= 0) seen += found + 1;
        return found >= 0;
      };
      await until(`${String(text)} on the terminal`, look, limitMs).catch((error: unknown) => {
        throw new Error(`${String(error)}\n${shown()}`);
      });
    },
    types: (keys) => void child.stdin.write(keys),
    async ends(limitMs = 60_000) {
      if (!hasEnded(child)) await once(child, 'exit', { signal: AbortSignal.timeout(limitMs) });
      return child.exitCode;
    },
  };
}

/** A word for a POSIX shell, whatever is in it. */
const quoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;
