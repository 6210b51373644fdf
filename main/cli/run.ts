import { EXIT_CODES, exitCodeOf, ok, type Failure, type Result } from '@endymail/shared/result';
import manifest from '../package.json' with { type: 'json' };
import { flag, type Outcome } from './command-line/command.ts';
import { commandHelp, overview } from './command-line/help.ts';
import { parseCommandLine, type CommandLine } from './command-line/parse.ts';
import { COMMANDS } from './commands/index.ts';
import { createSession } from './session.ts';
import type { Surroundings } from './surroundings.ts';
import { failureWords } from './words/failure-words.ts';
import { walk } from './walk/walk.ts';

/** Runs one command line; returns the exit code. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const line = parseCommandLine(args, COMMANDS);
  const json = line.ok ? 'values' in line.value && flag(line.value.values, 'json') : args.includes('--json');
  const outcome = line.ok ? await perform(line.value, surroundings) : line;
  return report(outcome, json, surroundings);
}

async function perform(line: CommandLine, surroundings: Surroundings): Promise<Result<Outcome, Failure>> {
  switch (line.kind) {
    case 'version':
      return ok(said(manifest.version));
    case 'help':
      return ok(said(line.command ? commandHelp(line.command) : overview(COMMANDS)));
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
    if (json) terminal.print(JSON.stringify({ error: { code, message, advice, retry, detail } }));
    else terminal.note(failureWords(outcome.error));
    return exitCodeOf(code);
  }
  if (json) terminal.print(JSON.stringify(outcome.value.json, null, 2));
  else if (outcome.value.text !== '') terminal.print(outcome.value.text);
  return EXIT_CODES[outcome.value.exit];
}

const said = (text: string): Outcome => ({ text, json: text, exit: 'done' });
