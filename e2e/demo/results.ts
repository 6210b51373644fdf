import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '@endymail/shared/result';
import { RESULT_FILES, VERIFY_COMMAND, type ResultFile } from './result-files.ts';

/** The folder that stays: mails, pictures, and what the programs said. */
export interface Results {
  readonly folder: string;
  add(file: ResultFile, content: Uint8Array | string): void;
  /** The path of a file that another program writes. */
  reserve(file: ResultFile): string;
  /** Writes README.md: which file is what, and what was checked. */
  finish(facts: Readme): void;
  /** Deletes the folder. */
  discard(): void;
}

export interface Readme {
  /** What was checked and held. */
  readonly held: readonly string[];
  /** Programs and their versions. */
  readonly versions: readonly string[];
}

/** Makes the folder. Errors: a sentence, where there is something in it already. */
export function createResults(folder: string): Result<Results, string> {
  if (existsSync(folder) && readdirSync(folder).length > 0) return err(`There is something in ${folder} already.`);
  mkdirSync(folder, { recursive: true });
  const pathOf = (file: ResultFile): string => join(folder, RESULT_FILES[file].name);
  return ok({
    folder,
    add: (file, content) => {
      writeFileSync(pathOf(file), content);
    },
    reserve: pathOf,
    finish: (facts) => {
      const written = readdirSync(folder);
      const entries = Object.values(RESULT_FILES).filter(({ name }) => written.includes(name));
      writeFileSync(join(folder, 'README.md'), readme(entries, facts));
    },
    discard: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  });
}

const readme = (entries: readonly { name: string; what: string }[], { held, versions }: Readme): string =>
  [
    '# A mail from alice to bob',
    '',
    'Alice and bob had a computer each, with a Thunderbird that knew nothing of encryption. Each ticked a mailbox, and',
    'each gave the other a small file. Then alice wrote to bob as she always does. Later she got a second computer, and',
    'typed the six digits that it showed on the first.',
    '',
    'All computers were temporary folders on this one; they are deleted, with every key that was in them. So nobody',
    'opens the mail on the wire again: what bob and openssl saw of it is kept here.',
    '',
    '## Which file is what',
    '',
    ...entries.flatMap(({ name, what }) => [
      `**[${name}](${name})**: ${what}`,
      '',
      ...(name.endsWith('.png') ? [`![${what}](${name})`, ''] : []),
    ]),
    '## Look for yourself',
    '',
    "Alice's signature can be verified by anybody, here and now:",
    '',
    '```sh',
    VERIFY_COMMAND,
    '```',
    '',
    'Change a letter of the message in that file, and it says that the signature does not hold.',
    '',
    '## What was checked',
    '',
    ...held.map((what) => `- ${what}`),
    '',
    `With ${versions.join(', ')}.`,
    '',
  ].join('\n');
