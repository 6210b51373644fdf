import type { WriteStream } from 'node:tty';

/** How the story is told: a numbered line for each step, when it is done, with what came of it and its time. */
export interface Telling {
  /** `came` says what came of the work; while it goes on, `doing` stands there where somebody looks on. */
  step<T>(doing: string, work: () => Promise<T>, came: (result: T) => string): Promise<T>;
  /** What a program printed, below its step; only for who wants to see it all. */
  detail(text: string): void;
  say(line: string): void;
  /** Says this as the last thing; whatever comes after it is not told. */
  stop(line: string): void;
}

/** Width of what came of a step, in characters; times stand in one column behind it, and a line has 80. */
const CAME_WIDTH = 66;

const ERASE_LINE = '\r\u001b[K';

export function createTelling(stream: Pick<WriteStream, 'write' | 'isTTY'>, verbose: boolean): Telling {
  const redraws = stream.isTTY && !verbose;
  let number = 0;
  let isStopped = false;
  const write = (text: string): void => {
    if (!isStopped) stream.write(text);
  };
  const head = (): string => String(number).padStart(3);
  return {
    step: async (doing, work, came) => {
      number += 1;
      if (verbose) write(`\n${head()}  ${doing}\n`);
      else if (redraws) write(`${head()}  ${doing} …`);
      const start = performance.now();
      try {
        const result = await work();
        const seconds = ((performance.now() - start) / 1000).toFixed(1);
        const line = `${came(result).padEnd(CAME_WIDTH)} ${seconds.padStart(5)} s\n`;
        write(`${redraws ? ERASE_LINE : ''}${verbose ? '   →' : head()}  ${line}`);
        return result;
      } catch (error) {
        write(`${redraws ? ERASE_LINE : ''}${head()}  FAILED: ${doing}\n`);
        throw error;
      }
    },
    detail: (text) => {
      if (verbose) write(`${indented(text)}\n`);
    },
    say: (line) => {
      write(`${line}\n`);
    },
    stop: (line) => {
      write(`\n${line}\n`);
      isStopped = true;
    },
  };
}

/** Below the words of the step; mails come with CRLF. */
const indented = (text: string): string =>
  text
    .replaceAll('\r', '')
    .trimEnd()
    .replace(/^(?=.)/gm, ' '.repeat(7));
