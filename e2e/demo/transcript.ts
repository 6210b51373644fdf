import type { EndymailRun } from '../harness/index.ts';
import type { Actor } from './stage.ts';
import type { Telling } from './telling.ts';

/** Every command that alice and bob type, with what it printed. */
export interface Transcript {
  /** Runs a command of Endymail as this person; it must go well. */
  endymail(actor: Actor, ...args: readonly string[]): Promise<EndymailRun>;
  /** Writes down what another way of starting it made a command print. */
  note(actor: Actor, command: string, printed: string): void;
  text(): string;
}

/** `resultsFolder` and the homes are named as a person at home would. */
export function createTranscript(telling: Telling, resultsFolder: string): Transcript {
  const parts: string[] = [];
  const note: Transcript['note'] = (actor, command, printed) => {
    const part = `${actor.prompt}$ endymail ${command}\n${printed}`
      .replaceAll(actor.person.home.folder, '~')
      .replaceAll(`${resultsFolder}/`, '');
    parts.push(part);
    telling.detail(part);
  };
  return {
    note,
    endymail: async (actor, ...args) => {
      const run = await actor.person.endymail(...args);
      // Questions and progress go to stderr, and come before the answer on stdout.
      const printed = [run.stderr, run.stdout].filter((text) => text !== '').join('');
      note(actor, args.join(' '), printed);
      return run;
    },
    text: () => parts.join('\n'),
  };
}
