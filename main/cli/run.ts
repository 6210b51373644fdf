import { EXIT_CODES, err, exitCodeOf, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import manifest from '../package.json' with { type: 'json' };
import { flag, type Outcome } from './command-line/command.ts';
import { commandHelp, groupHelp, overview } from './command-line/help.ts';
import { parseCommandLine, type CommandLine } from './command-line/parse.ts';
import { COMMANDS } from './commands/index.ts';
import { EXIT_INTERRUPTED } from './interrupts.ts';
import { printableTerminal } from './printable-terminal.ts';
import { createSession } from './session.ts';
import type { Surroundings } from './surroundings.ts';
import { failureWords } from './words/failure-words.ts';
import { printableJson } from './words/printable.ts';
import { walk } from './walk/walk.ts';

/** Runs one command line; returns the exit code. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const line = parseCommandLine(args, COMMANDS);
  const json = line.ok && 'values' in line.value ? flag(line.value.values, 'json') : args.includes('--json');
  const waiting = { isGivenUp: false };
  const watched: Surroundings = {
    ...surroundings,
    terminal: printableTerminal(surroundings.terminal),
    pause: async () => {
      const goesOn = await surroundings.pause();
      waiting.isGivenUp ||= !goesOn;
      return goesOn;
    },
  };
  const exit = report(line.ok ? await attempt(line.value, watched) : line, json, watched);
  // In the guided walk the person goes on after they stopped waiting; a command ended because of it.
  const isCommand = line.ok && line.value.kind === 'run';
  return isCommand && waiting.isGivenUp && exit !== EXIT_CODES.done ? EXIT_INTERRUPTED : exit;
}

async function attempt(line: CommandLine, surroundings: Surroundings): Promise<Result<Outcome, Failure>> {
  try {
    return await perform(line, surroundings);
  } catch (error) {
    return err(failure('internal', undefined, whereOf(error)));
  }
}

/** Where a mistake of ours showed. Never its message: that may quote what it stumbled over. */
function whereOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames].join('\n');
}

async function perform(line: CommandLine, surroundings: Surroundings): Promise<Result<Outcome, Failure>> {
  switch (line.kind) {
    case 'version':
      return ok(said(manifest.version));
    case 'help':
      return ok(said(line.command ? commandHelp(line.command) : overview(COMMANDS)));
    case 'group-help':
      return ok(said(groupHelp(line.first, line.commands)));
    case 'walk': {
      const session = await createSession(surroundings, '', line.values);
      return session.ok ? walk(session.value) : session;
    }
    case 'run': {
      const session = await createSession(surroundings, line.command.name, line.values);
      return session.ok ? line.command.run(session.value, line) : session;
    }
  }
}

function report(outcome: Result<Outcome, Failure>, json: boolean, { terminal }: Surroundings): number {
  if (!outcome.ok) {
    const { code, message, advice, retry, detail } = outcome.error;
    if (json) terminal.print(printableJson({ error: { code, message, advice, retry, detail } }));
    else terminal.note(failureWords(outcome.error));
    return exitCodeOf(code);
  }
  if (json) terminal.print(printableJson(outcome.value.json));
  else if (outcome.value.text !== '') terminal.print(outcome.value.text);
  return EXIT_CODES[outcome.value.exit];
}

const said = (text: string): Outcome => ({ text, json: text, exit: 'done' });
