import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '@endymail/shared/result';

/** The folder that stays: mails, pictures, and what the programs said. */
export interface Results {
  readonly folder: string;
  /** Writes a file; `what` says in the README what it is. Returns its path. */
  add(name: string, content: Uint8Array | string, what: string): string;
  /** The path of a file that another program writes; a picture is shown in the README. */
  reserve(name: string, what: string): string;
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

interface Entry {
  readonly name: string;
  readonly what: string;
}

/** Makes the folder. Errors: a sentence, where there is something in it already. */
export function createResults(folder: string): Result<Results, string> {
  if (existsSync(folder) && readdirSync(folder).length > 0) return err(`There is something in ${folder} already.`);
  mkdirSync(folder, { recursive: true });
  const entries: Entry[] = [];
  return ok({
    folder,
    add: (name, content, what) => {
      writeFileSync(join(folder, name), content);
      entries.push({ name, what });
      return join(folder, name);
    },
    reserve: (name, what) => {
      entries.push({ name, what });
      return join(folder, name);
    },
    finish: (facts) => {
      writeFileSync(join(folder, 'README.md'), readme(entries, facts));
    },
    discard: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  });
}

const readme = (entries: readonly Entry[], { held, versions }: Readme): string =>
  [
    '# A mail from alice to bob',
    '',
    'Alice and bob had a computer each, with a Thunderbird that knew nothing of encryption. Each ticked a mailbox, and',
    'each gave the other a small file. Then alice wrote to bob as she always does.',
    '',
    'Both computers were temporary folders on this one; they are deleted, with every key that was in them. So nobody',
    'opens the mail on the wire again: what bob and openssl saw of it is kept here.',
    '',
    '## Which file is what',
    '',
    ...entries.flatMap(({ name, what }) =>
      name.endsWith('.png') ? [`**${name}**: ${what}`, '', `![${what}](${name})`, ''] : [`**${name}**: ${what}`, ''],
    ),
    '## Look for yourself',
    '',
    'The signature can still be verified, by anybody, in this folder:',
    '',
    '```sh',
    VERIFY_COMMAND,
    '```',
    '',
    '## What was checked',
    '',
    ...held.map((what) => `- ${what}`),
    '',
    `With ${versions.join(', ')}.`,
    '',
  ].join('\n');

/** The files that the command names are written by the step in which openssl opens the mail. */
const VERIFY_COMMAND =
  'openssl cms -verify -in opened-with-bobs-key.eml -CAfile authority-of-alice.pem -purpose smimesign -x509_strict';
