import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';

const CHECKOUT = join(import.meta.dirname, '..', '..');

/** What the last stage of a Containerfile comes to, with folders in place of file systems. */
export interface FollowedImage {
  /** The folder that stands for its root. */
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  readonly user: string;
  /** With absolute paths that lead into `root`. */
  readonly entrypoint: readonly string[];
  readonly healthcheck: readonly string[];
}

interface Stage {
  readonly root: string;
  readonly env: Record<string, string>;
  workdir: string;
  user: string;
  entrypoint: readonly string[];
  healthcheck: readonly string[];
}

/**
 * Does what the lines of the service's Containerfile say, in folders below `under`: its COPY lines from the checkout, its
 * RUN lines with the packages that are installed here in place of `npm ci`. Throws on a line that it does not know.
 */
export async function followContainerfile(under: string): Promise<FollowedImage> {
  const text = await readFile(join(CHECKOUT, 'service', 'Containerfile'), 'utf8');
  const stages = new Map<string, Stage>();
  let stage: Stage | null = null;
  for (const line of text.split('\n').filter((one) => one !== '' && !one.startsWith('#'))) {
    const [instruction = '', ...words] = line.split(' ');
    if (instruction === 'ARG') continue;
    if (instruction === 'FROM') {
      const name = words[2] ?? 'last';
      const root = join(under, name);
      await mkdir(root);
      stage = { root, env: {}, workdir: root, user: 'root', entrypoint: [], healthcheck: [] };
      stages.set(name, stage);
      continue;
    }
    if (stage === null) throw new Error(`Before a stage: ${line}`);
    await INSTRUCTIONS[instruction]?.(stage, words, stages);
    if (!Object.hasOwn(INSTRUCTIONS, instruction)) throw new Error(`Unknown: ${line}`);
  }
  if (stage === null) throw new Error('No stage');
  return stage;
}

const INSTRUCTIONS: Readonly<
  Record<string, (stage: Stage, words: readonly string[], stages: ReadonlyMap<string, Stage>) => unknown>
> = Object.freeze({
  WORKDIR: async (stage, [path = '']) => {
    stage.workdir = join(stage.root, path);
    await mkdir(stage.workdir, { recursive: true });
  },
  COPY: async (stage, words, stages) => {
    const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
    const source = from === undefined ? CHECKOUT : stages.get(from)?.root;
    const paths = words.filter((word) => !word.startsWith('--'));
    const [to = '', ...what] = paths.toReversed();
    if (source === undefined || what.length === 0) throw new Error(`COPY ${words.join(' ')}`);
    for (const path of what) {
      const target = join(isAbsolute(to) ? stage.root : stage.workdir, to);
      const isInto = to.endsWith('/') || to === '.';
      await cp(join(source, path), isInto ? join(target, basename(path)) : target, { recursive: true });
    }
  },
  RUN: async (stage, [program = '', ...words]) => {
    if (program === 'npm') await installed(stage.workdir);
    else await promisify(execFile)(program, within(stage.root, words), { cwd: stage.workdir });
  },
  ENV: (stage, words) => {
    for (const [, name = '', value = ''] of words.map((word) => /^([A-Z_]+)=(.*)$/.exec(word) ?? [])) {
      stage.env[name] = within(stage.root, [value])[0] ?? '';
    }
  },
  USER: (stage, [user = '']) => {
    stage.user = user;
  },
  ENTRYPOINT: (stage, words) => {
    stage.entrypoint = within(stage.root, JSON.parse(words.join(' ')) as string[]);
  },
  HEALTHCHECK: (stage, words) => {
    const command = words.slice(words.indexOf('CMD') + 1).join(' ');
    stage.healthcheck = within(stage.root, JSON.parse(command) as string[]);
  },
  VOLUME: () => undefined,
  EXPOSE: () => undefined,
});

const within = (root: string, words: readonly string[]): readonly string[] =>
  words.map((word) => (isAbsolute(word) ? join(root, word) : word));

/** The packages that are installed here, but of our own only what was copied. */
async function installed(folder: string): Promise<void> {
  const [from, to] = [join(CHECKOUT, 'node_modules'), join(folder, 'node_modules')];
  await mkdir(join(to, '@endymail'), { recursive: true });
  for (const name of await readdir(from)) {
    if (name !== '@endymail') await symlink(join(from, name), join(to, name));
  }
  for (const name of await readdir(join(from, '@endymail'))) {
    await symlink(join(folder, name), join(to, '@endymail', name));
  }
}
