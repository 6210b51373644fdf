import { parseArgs } from 'node:util';
import { err, ok, type Result } from '@endymail/shared/result';
import { checkSettings } from './config/check-config.ts';
import { isReadyAt } from './config/service-here.ts';
import { readSettings, readTls, type Settings } from './config/settings.ts';
import { startFaultWords } from './config/start-fault-words.ts';
import { createJournal, type Journal } from './http/journal.ts';
import { copyFolder } from './operating/copy.ts';
import { verifyFolder } from './operating/verify.ts';
import { amountWords, copyFaultWords, findingWords } from './operating/words.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import { listenForMetrics, type MetricsListener } from './metrics/metrics-listener.ts';
import { listenFaultOf, startService, type RunningService } from './start-service.ts';

const HELP = `npm run mesh -- [--config <file>] [--data <folder>]

Runs a mesh service: it keeps what the devices of an account share, and can read none of it. Without parameters it listens
on this computer alone. Ctrl+C ends it.

  --config <file>  configuration in JSON, described in docs/operating.md
  --data <folder>  where everything is kept
  --check-config   looks whether a service could start so, and starts none
  --check-health   asks the service that runs so whether it can be used

npm run mesh -- backup <folder>                 copies everything into a new folder, also while the service runs
npm run mesh -- verify <folder>                 looks whether everything in a folder is as it must be
npm run mesh -- restore <folder> --data <new>   verifies a backup and makes the folder of a service of it
`;

const EXIT = Object.freeze({ done: 0, failed: 1, usage: 2 });

async function main(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const parameters = parametersOf(args);
  if (!parameters.ok) return complain(parameters.error, EXIT.usage);
  const { values, positionals } = parameters.value;
  if (values.help === true) {
    process.stdout.write(HELP);
    return EXIT.done;
  }
  const [command, folder, ...more] = positionals;
  if (command === 'verify' && folder !== undefined && more.length === 0) return verify(folder);
  if (command === 'restore' && folder !== undefined && values.data !== undefined && more.length === 0) {
    return restore(folder, values.data);
  }
  const isBackup = command === 'backup' && folder !== undefined && more.length === 0;
  if (command !== undefined && !isBackup) return complain(HELP, EXIT.usage);
  const settings = await readSettings({ configFile: values.config, dataFolder: values.data }, env);
  if (!settings.ok) return complain(settings.error, EXIT.usage);
  if (isBackup) return backUp(settings.value.dataFolder, folder);
  if (values['check-config'] === true) return check(settings.value);
  return values['check-health'] === true ? checkHealth(settings.value) : run(settings.value);
}

async function checkHealth({ listen, tls }: Settings): Promise<number> {
  if (await isReadyAt({ ...listen, isTls: tls !== null })) return EXIT.done;
  return complain(`No service that can be used answers at ${listen.host}, port ${listen.port}.`, EXIT.failed);
}

async function backUp(dataFolder: string, folder: string): Promise<number> {
  const copied = await copyFolder(dataFolder, folder);
  if (!copied.ok) return complain(copyFaultWords(copied.error, dataFolder, folder), EXIT.failed);
  process.stdout.write(`The data in ${dataFolder} was copied into ${folder}.\n`);
  return EXIT.done;
}

async function verify(folder: string): Promise<number> {
  const verified = await verifyFolder(folder);
  if (!verified.ok) return complain(copyFaultWords(verified.error, folder, ''), EXIT.failed);
  for (const finding of verified.value.findings) process.stderr.write(`${findingWords(finding)}\n`);
  if (verified.value.findings.length > 0) return EXIT.failed;
  process.stdout.write(`Everything in ${folder} is as it must be (${amountWords(verified.value)}).\n`);
  return EXIT.done;
}

async function restore(folder: string, dataFolder: string): Promise<number> {
  const exitCode = await verify(folder);
  if (exitCode !== EXIT.done) return exitCode;
  const copied = await copyFolder(folder, dataFolder);
  if (!copied.ok) return complain(copyFaultWords(copied.error, folder, dataFolder), EXIT.failed);
  process.stdout.write(`A service can start with its data in ${dataFolder}.\n`);
  return EXIT.done;
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
  const metrics = settings.metrics === null ? null : createMetrics();
  const journals: readonly Journal[] = [
    ...(log === 'none' ? [] : [createJournal((line) => process.stderr.write(line))]),
    ...(metrics === null ? [] : [metrics.journal]),
  ];
  const started = await startService({
    dataFolder,
    listen,
    tls: tls.value,
    publicOrigin,
    trustedProxies,
    limits,
    journal: (record) => {
      for (const journal of journals) journal(record);
    },
    ...(metrics === null ? {} : { onCommit: metrics.onCommit }),
  });
  if (!started.ok) return complain(startFaultWords(started.error, dataFolder, listen), EXIT.failed);
  const service = started.value;
  const telling = await metricsTold(metrics, service, settings);
  if (!telling.ok) {
    await service.stop();
    return complain(telling.error, EXIT.failed);
  }
  process.stdout.write(`The mesh service answers at ${service.url} and keeps its data in ${dataFolder}.\n`);
  await ended;
  await Promise.all([service.stop(), telling.value?.stop()]);
  return EXIT.done;
}

/** Begins to tell metrics where they are wanted. Errors: a sentence. */
async function metricsTold(
  metrics: Metrics | null,
  { gauges }: RunningService,
  { dataFolder, metrics: place }: Settings,
): Promise<Result<MetricsListener | null, string>> {
  if (metrics === null || place === null) return ok(null);
  const listening = await listenForMetrics(metrics, gauges, place);
  if (listening.ok) return listening;
  return err(startFaultWords({ kind: listenFaultOf(listening.error), detail: listening.error }, dataFolder, place));
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
  readonly values: {
    readonly config?: string;
    readonly data?: string;
    readonly help?: boolean;
    readonly 'check-config'?: boolean;
    readonly 'check-health'?: boolean;
  };
  readonly positionals: readonly string[];
}

function parametersOf(args: readonly string[]): Result<Parameters, string> {
  const options = {
    config: { type: 'string' },
    data: { type: 'string' },
    help: { type: 'boolean' },
    'check-config': { type: 'boolean' },
    'check-health': { type: 'boolean' },
  } as const;
  try {
    return ok(parseArgs({ args: [...args], options, strict: true, allowPositionals: true }));
  } catch (error) {
    // What Node advises in its second sentence does not help here.
    return err(error instanceof Error ? `${error.message.split('. ')[0] ?? ''}.` : HELP);
  }
}

function complain(sentence: string, exitCode: number): number {
  process.stderr.write(`${sentence}\n`);
  return exitCode;
}

process.exitCode = await main(process.argv.slice(2), process.env);
