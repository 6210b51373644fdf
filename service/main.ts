import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { parseArgs } from 'node:util';
import { err, ok, type Result } from '@endymail/shared/result';
import { CONFIG_VARIABLE, readConfig, type Config } from './config/config.ts';
import { defaultDataFolder } from './config/data-folder.ts';
import { startFaultWords } from './config/start-fault-words.ts';
import { createJournal } from './http/journal.ts';
import { startService } from './start-service.ts';

const HELP = `npm run mesh -- [--config <file>] [--data <folder>]

Runs a mesh service: it keeps what the devices of an account share, and can read none of it. Without parameters it listens
on this computer alone. Ctrl+C ends it.

  --config <file>  configuration in JSON, described in docs/operating.md
  --data <folder>  where everything is kept
`;

const EXIT = Object.freeze({ done: 0, failed: 1, usage: 2 });

async function main(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const parameters = parametersOf(args);
  if (!parameters.ok) return complain(parameters.error, EXIT.usage);
  const { config: configFile = env[CONFIG_VARIABLE], data, help } = parameters.value;
  if (help === true) {
    process.stdout.write(HELP);
    return EXIT.done;
  }
  const config = await configIn(configFile, env);
  if (!config.ok) return complain(config.error, EXIT.usage);
  const { listen, publicUrl: publicOrigin, trustedProxies, limits, log } = config.value;
  const tls = await tlsOf(config.value);
  if (!tls.ok) return complain(tls.error, EXIT.usage);
  const dataFolder = data ?? config.value.data ?? defaultDataFolder(process.platform, homedir(), env);
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

function parametersOf(args: readonly string[]): Result<{ config?: string; data?: string; help?: boolean }, string> {
  const options = { config: { type: 'string' }, data: { type: 'string' }, help: { type: 'boolean' } } as const;
  try {
    return ok(parseArgs({ args: [...args], options, strict: true }).values);
  } catch (error) {
    return err(error instanceof Error ? error.message : HELP);
  }
}

async function configIn(path: string | undefined, env: NodeJS.ProcessEnv): Promise<Result<Config, string>> {
  if (path === undefined) return readConfig(null, env);
  const text = await textIn(path);
  return text.ok ? readConfig(text.value, env) : text;
}

async function tlsOf({ tls }: Config): Promise<Result<{ certificate: string; key: string } | null, string>> {
  if (tls === null) return ok(null);
  const certificate = await textIn(tls.certificateFile);
  const key = await textIn(tls.keyFile);
  if (!certificate.ok) return certificate;
  return key.ok ? ok({ certificate: certificate.value, key: key.value }) : key;
}

async function textIn(path: string): Promise<Result<string, string>> {
  try {
    return ok(await readFile(path, 'utf8'));
  } catch {
    return err(`The file ${path} can not be read.`);
  }
}

function complain(sentence: string, exitCode: number): number {
  process.stderr.write(`${sentence}\n`);
  return exitCode;
}

process.exitCode = await main(process.argv.slice(2), process.env);
