import { exit, stdin, stdout, stderr } from 'node:process';
import { EXIT_CODES, Redacted } from '@endymail/shared/result';
import type { Terminal } from './surroundings.ts';
import { wrap } from './words/wrap.ts';

/** The person at this process's terminal. The library that draws questions is loaded with the first question. */
export function createTerminal(): Terminal {
  const prompts = () => import('@clack/prompts');
  // Questions go to stderr, so that a command's answer on stdout stays clean.
  const output = stderr;
  // Who reads only the first lines (`| head`) closes the pipe; that is no reason to end with a stack trace.
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return;
      if (stream === stdout) stderr.write(`The answer could not be written: ${error.message}\n`);
      exit(EXIT_CODES.failed);
    });
  }
  return {
    interactive: stdin.isTTY && stdout.isTTY && stderr.isTTY,
    print: (text) => {
      write(stdout, text);
    },
    note: (text) => {
      write(stderr, text);
    },
    async confirm(message, proposed = true) {
      const { confirm } = await prompts();
      return (await confirm({ message, output, initialValue: proposed })) === true;
    },
    async secret(message) {
      const { isCancel, password } = await prompts();
      const answer = await password({ message, output });
      return isCancel(answer) ? null : new Redacted(answer);
    },
    async choose(message, choices) {
      const { isCancel, select } = await prompts();
      const answer = await select<string>({ message, output, options: choices.map((choice) => ({ ...choice })) });
      return isCancel(answer) ? null : (choices.find(({ value }) => value === answer)?.value ?? null);
    },
    async chooseMany(message, choices) {
      const { isCancel, multiselect } = await prompts();
      const answer = await multiselect<string>({
        message: `${message} (space ticks, enter goes on)`,
        output,
        required: false,
        initialValues: choices.filter(({ ticked }) => ticked).map(({ value }) => value),
        options: choices.map(({ value, label, hint }) => ({ value, label, ...(hint === undefined ? {} : { hint }) })),
      });
      if (isCancel(answer)) return null;
      return choices.map(({ value }) => value).filter((value) => answer.includes(value));
    },
    async text(message, placeholder) {
      const { isCancel, text } = await prompts();
      const answer = await text({ message, placeholder, output });
      return isCancel(answer) ? null : answer;
    },
  };
}

/** On a terminal in lines that fit; into a file or a pipe as it is. */
function write(stream: NodeJS.WriteStream, text: string): void {
  stream.write(`${stream.isTTY ? wrap(text, stream.columns) : text}\n`);
}
