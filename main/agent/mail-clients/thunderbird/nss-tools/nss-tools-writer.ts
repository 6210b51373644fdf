import { access, statfs } from 'node:fs/promises';
import path from 'node:path';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { ClientProfile } from '@endymail/shared/mail';
import { certificateNickname } from '../../../certificates/index.ts';
import type { System } from '../../../system.ts';
import type { TransportKey } from '../../adapter.ts';
import type { CertificateStoreWriter, StoreChange } from '../applying/store-change.ts';
import { namelessFile, type NamelessFile } from '../files/nameless-file.ts';
import { readCertificateStore } from '../reading/index.ts';
import { planRemoval } from './removal.ts';
import { fdPath, findNssTools, runTool, type NssTools } from './tool.ts';

export interface NssToolsOptions {
  readonly system: System;
  /** Where the files without a name are made that carry secrets into the tools. */
  readonly namelessFolder: string;
  /** Takes out the certificates that certutil has no name for. */
  readonly fallback: CertificateStoreWriter;
}

/** How many certificates go into one run of certutil: each is an open descriptor, and 1,024 is a common limit. */
const BATCH_MAX_CERTIFICATES = 128;
/** Below this a failure of the store is blamed on the disk. */
const FREE_SPACE_MIN_BYTES = 1024 * 1024;
/** What a batch file carries as it is. Nicknames that Thunderbird gives may hold anything; certutil's quoting does not. */
const PLAIN_NICKNAME = /^\w[\w.-]*$/;
const EMPTY_PASSWORD = Buffer.from('\n');

/** Writes the store with NSS' own command-line tools. Also works while the client runs. */
export function createNssToolsWriter({
  system,
  namelessFolder: folder,
  fallback,
}: NssToolsOptions): CertificateStoreWriter {
  return {
    write: async (profile, changes) => {
      const tools = await findNssTools(system);
      if (tools === null) return err(failure('tools-missing'));
      const env = await toolEnvironment(system, profile);
      const bench = { profile, tools, env, folder, meanwhile: () => undefined };
      const made = await makeStore(bench);
      if (!made.ok) return made;
      const steps = stepsOf(changes);
      for (const [index, step] of steps.entries()) {
        const next = steps[index + 1];
        // While one tool runs the key for the next one is packed.
        const meanwhile = next?.kind === 'import-key' ? next.prepare : () => undefined;
        const done = await takeStep({ ...bench, meanwhile }, step, fallback);
        if (!done.ok) return done;
      }
      return ok();
    },
  };
}

interface Bench {
  readonly profile: ClientProfile;
  readonly tools: NssTools;
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  /** Called as soon as a tool runs. */
  readonly meanwhile: () => void;
}

type Add = Extract<StoreChange, { kind: 'add' }>;

/** What one run of a tool does. */
type ToolStep =
  | { readonly kind: 'add'; readonly adds: readonly Add[] }
  | {
      readonly kind: 'import-key';
      /** Begins to pack the key, if that was not begun yet. */
      readonly prepare: () => void;
      readonly key: () => Promise<TransportKey>;
    }
  | { readonly kind: 'remove'; readonly certificates: readonly Uint8Array[] };

/** Puts neighbours of one kind into one run, which is what makes many certificates cheap. */
function stepsOf(changes: readonly StoreChange[]): readonly ToolStep[] {
  const steps: ToolStep[] = [];
  for (const change of changes) {
    const last = steps.at(-1);
    if (change.kind === 'add' && last?.kind === 'add' && last.adds.length < BATCH_MAX_CERTIFICATES) {
      steps[steps.length - 1] = { kind: 'add', adds: [...last.adds, change] };
    } else if (change.kind === 'add') {
      steps.push({ kind: 'add', adds: [change] });
    } else if (change.kind === 'import-key') {
      steps.push(keyStep(change.key));
    } else if (last?.kind === 'remove') {
      steps[steps.length - 1] = { kind: 'remove', certificates: [...last.certificates, change.der] };
    } else {
      steps.push({ kind: 'remove', certificates: [change.der] });
    }
  }
  return steps;
}

function keyStep(pack: () => Promise<TransportKey>): ToolStep {
  let packed: Promise<TransportKey> | null = null;
  const key = (): Promise<TransportKey> => (packed ??= pack());
  return {
    kind: 'import-key',
    prepare: () => {
      // Whoever takes it meets the error.
      key().catch(() => undefined);
    },
    key,
  };
}

async function takeStep(
  bench: Bench,
  step: ToolStep,
  fallback: CertificateStoreWriter,
): Promise<Result<void, Failure>> {
  switch (step.kind) {
    case 'add':
      return add(bench, step.adds);
    case 'import-key':
      return importKey(bench, await step.key());
    case 'remove':
      return remove(bench, step.certificates, fallback);
  }
}

async function makeStore(bench: Bench): Promise<Result<void, Failure>> {
  if (await exists(path.join(bench.profile.path, 'cert9.db'))) return ok();
  return run(bench, bench.tools.certutil, ['-N', '--empty-password'], []);
}

function add(bench: Bench, adds: readonly Add[]): Promise<Result<void, Failure>> {
  const commands = adds.map(
    ({ der, trust }, index) =>
      `-A -n ${certificateNickname(der)} -t ${trust === 'mail-authority' ? ',C,' : ',,'} -i ${fdPath(index + 2)}\n`,
  );
  return batch(
    bench,
    commands,
    adds.map(({ der }) => der),
  );
}

/** Runs certutil's commands in one process; the files are there as `fdPath(2)`, `fdPath(3)` … */
function batch(
  bench: Bench,
  commands: readonly string[],
  files: readonly Uint8Array[],
): Promise<Result<void, Failure>> {
  const contents = [Buffer.from(commands.join('')), EMPTY_PASSWORD, ...files];
  return run(bench, bench.tools.certutil, ['-B', '-i', fdPath(0), '-f', fdPath(1)], contents);
}

function importKey(bench: Bench, key: TransportKey): Promise<Result<void, Failure>> {
  const contents = [key.pkcs12.reveal(), Buffer.from(`${key.password.reveal()}\n`), EMPTY_PASSWORD];
  return run(bench, bench.tools.pk12util, ['-i', fdPath(0), '-w', fdPath(1), '-k', fdPath(2)], contents);
}

async function remove(
  bench: Bench,
  certificates: readonly Uint8Array[],
  fallback: CertificateStoreWriter,
): Promise<Result<void, Failure>> {
  const store = await readCertificateStore(bench.profile.path);
  if (!store.ok) return store;
  const { nicknames, unnameable } = planRemoval(store.value, certificates);
  const plain = nicknames.filter((nickname) => PLAIN_NICKNAME.test(nickname));
  if (plain.length > 0) {
    const done = await batch(
      bench,
      plain.map((nickname) => `-D -n ${nickname}\n`),
      [],
    );
    if (!done.ok) return done;
  }
  for (const nickname of nicknames.filter((name) => !PLAIN_NICKNAME.test(name))) {
    const done = await run(bench, bench.tools.certutil, ['-D', '-n', nickname, '-f', fdPath(0)], [EMPTY_PASSWORD]);
    if (!done.ok) return done;
  }
  if (unnameable.length === 0) return ok();
  return fallback.write(
    bench.profile,
    unnameable.map((der) => ({ kind: 'remove', der })),
  );
}

async function run(
  bench: Bench,
  program: string,
  args: readonly string[],
  contents: readonly Uint8Array[],
): Promise<Result<void, Failure>> {
  const files: NamelessFile[] = [];
  try {
    for (const content of contents) files.push(namelessFile(bench.folder, content));
    const running = runTool({
      program,
      args: [...args, '-d', `sql:${bench.profile.path}`],
      files,
      env: bench.env,
    });
    bench.meanwhile();
    const ended = await running;
    return ended.ok ? ok() : err(await blame(bench.profile, `${path.basename(program)}: ${ended.output}`));
  } catch (error) {
    return err(failure('certificate-store', undefined, String(error)));
  } finally {
    for (const file of files) file.close();
  }
}

/** The tools do not say that a disk is full; the disk does. */
async function blame(profile: ClientProfile, detail: string): Promise<Failure> {
  try {
    const disk = await statfs(profile.path);
    if (disk.bavail * disk.bsize < FREE_SPACE_MIN_BYTES) return failure('disk-full', undefined, detail);
  } catch {
    // Then only the tool's own words are known.
  }
  return failure('certificate-store', undefined, detail);
}

/**
 * The environment of the tools. They load the client's own NSS where it brings one: Debian's 3.87 neither shows nor
 * deletes the trust objects (CKO_TRUST of PKCS #11 3.2) that the NSS of Thunderbird 153 writes.
 */
async function toolEnvironment(system: System, profile: ClientProfile): Promise<Record<string, string>> {
  const env = { PATH: system.env['PATH'] ?? '', LC_ALL: 'C' };
  if (profile.program === null) return env;
  const folder = path.dirname(profile.program);
  return (await exists(path.join(folder, 'libnss3.so'))) ? { ...env, LD_LIBRARY_PATH: folder } : env;
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
