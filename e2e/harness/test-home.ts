import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { baseEnv } from './child.ts';

/** A person's home folder that lives as long as a test. */
export interface TestHome extends AsyncDisposable {
  readonly folder: string;
  /** Where Thunderbird has its profiles. */
  readonly thunderbirdFolder: string;
  /** Endymail's own data, as `--home` takes it. */
  readonly endymailFolder: string;
  /** A folder of this home for logs, pictures and other things of the test itself. */
  readonly scratchFolder: string;
  /** TMPDIR of this person: Thunderbird leaves the mail that it was sending there when it is ended. */
  readonly temporaryFolder: string;
  /** The environment of a program that runs as this person. */
  readonly env: Readonly<Record<string, string>>;
  /** Has something done when the home goes, last come first; e.g. a program stopped that works in it. */
  onDispose(work: () => void | Promise<void>): void;
  /** Ends what was started in the home, then deletes it. */
  dispose(): Promise<void>;
}

/** Makes an empty home. `name` is part of the folder's name, so that a path in a failing test says whose it is. */
export function createTestHome(name = 'person'): TestHome {
  const root = mkdtempSync(join(tmpdir(), `endymail-${name}-`));
  const folder = join(root, 'home');
  const runtimeFolder = join(root, 'run');
  const scratchFolder = join(root, 'scratch');
  const temporaryFolder = join(root, 'tmp');
  for (const path of [folder, runtimeFolder, scratchFolder, temporaryFolder]) mkdirSync(path, { mode: 0o700 });
  const works: (() => void | Promise<void>)[] = [];
  const dispose = async (): Promise<void> => {
    for (const work of works.splice(0).reverse()) await work();
    // A program that has just ended may still write its last file.
    rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  };
  return {
    folder,
    thunderbirdFolder: join(folder, '.thunderbird'),
    endymailFolder: join(folder, '.local', 'share', 'endymail'),
    scratchFolder,
    temporaryFolder,
    env: Object.freeze({ ...baseEnv(), HOME: folder, TMPDIR: temporaryFolder, XDG_RUNTIME_DIR: runtimeFolder }),
    onDispose: (work) => {
      works.push(work);
    },
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}
