import { parseArgs } from 'node:util';
import { err, ok, type Result } from '@endymail/shared/result';
import { checkSettings } from './config/check-config.ts';
import { readSettings, readTls, type Settings } from './config/settings.ts';
import { startFaultWords } from './config/start-fault-words.ts';
import { createJournal } from './http/journal.ts';
import { startService } from './start-service.ts';

const HELP = `npm run mesh -- [--config <file>] [--data <folder>]

Runs a mesh service: it keeps what the devices of an account share, and can read none of it. Without parameters it listens
on this computer alone. Ctrl+C ends it.

  --config <file>  configuration in JSON, described in docs/operating.md
  --data <folder>  where everything is kept
  --check-config   looks whether a service could start so, and starts none
`;

const EXIT = Object.freeze({ done: 0, failed: 1, usage: 2 });

async function main(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const parameters = parametersOf(args);
  if (!parameters.ok) return complain(parameters.error, EXIT.usage);
  const { config: configFile, data: dataFolder, help, 'check-config': isChecked } = parameters.value;
  if (help === true) {
    process.stdout.write(HELP);
    return EXIT.done;
  }
  const settings = await readSettings({ configFile, dataFolder }, env);
  if (!settings.ok) return complain(settings.error, EXIT.usage);
  return isChecked === true ? check(settings.value) : run(settings.value);
}

async function check(settings: Settings): Promise<number> {
  const file = settings.file ?? 'There is no file, so the configuration';
  const checks = [{ isRight: true, sentence: `${file} holds.` }, ...(await checkSettings(settings))];
  process.stdout.write(checks.map(({ isRight, sentence }) => `${isRight ? 'right' : 'wrong'}  ${sentence}\n`).join(''));
  return checks.every(({ isRight }) => isRight) ? EXIT.done : EXIT.failed;
}

async function run(settings: Settings): Promise<number> {
  const { dataFolder, listen, publicUrl: publicOrigin, trustedProxies, limits, log } = settings;
  const tls = settings.tls === null ? ok(null) : await readTls(settings.tls);
  if (!tls.ok) return complain(tls.error, EXIT.usage);
  const ended = endOf(process);
  const started = await startService({
    dataFolder,
    listen,
    tls: tls.value,
    publicOrigin,
    trustedProxies,
    limits,
    ...(log === 'none' ? {} : { journal: createJournal((line) => process.stderr.write(line)) }),
  });
  if (!started.ok) return complain(startFaultWords(started.error, dataFolder, listen), EXIT.failed);
  process.stdout.write(`The mesh service answers at ${started.value.url} and keeps its data in ${dataFolder}.\n`);
  await ended;
  await started.value.stop();
  return EXIT.done;
}

/** Resolves at the first signal to end. A second one ends at once, as without us. */
function endOf(process: NodeJS.Process): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        resolve();
      });
    }
  });
}

interface Parameters {
  readonly config?: string;
  readonly data?: string;
  readonly help?: boolean;
  readonly 'check-config'?: boolean;
}

function parametersOf(args: readonly string[]): Result<Parameters, string> {
  const options = {
    config: { type: 'string' },
    data: { type: 'string' },
    help: { type: 'boolean' },
    'check-config': { type: 'boolean' },
  } as const;
  try {
    return ok(parseArgs({ args: [...args], options, strict: true }).values);
  } catch (error) {
    return err(error instanceof Error ? error.message : HELP);
  }
}

function complain(sentence: string, exitCode: number): number {
  process.stderr.write(`${sentence}\n`);
  return exitCode;
}

process.exitCode = await main(process.argv.slice(2), process.env);
