import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { err, ok, type Result } from '@endymail/shared/result';
import { CONFIG_VARIABLE, readConfig, type Config } from './config.ts';
import { defaultDataFolder } from './data-folder.ts';

/** What the command line says of where everything is; each goes before the environment and the file. */
export interface Said {
  readonly configFile: string | undefined;
  readonly dataFolder: string | undefined;
}

/** A configuration, with the folder that it comes to. */
export interface Settings extends Config {
  /** Null: there is no configuration file. */
  readonly file: string | null;
  readonly dataFolder: string;
}

/** Certificate chain and key, PEM. */
export interface TlsTexts {
  readonly certificate: string;
  readonly key: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the configuration. Errors: a sentence that says what is wrong. */
export async function readSettings(said: Said, env: Environment): Promise<Result<Settings, string>> {
  const file = said.configFile ?? env[CONFIG_VARIABLE] ?? null;
  const text = file === null ? ok(null) : await textIn(file);
  if (!text.ok) return text;
  const config = readConfig(text.value, env);
  if (!config.ok) return config;
  const dataFolder = said.dataFolder ?? config.value.data ?? defaultDataFolder(process.platform, homedir(), env);
  return ok({ ...config.value, file, dataFolder });
}

/** Reads the files of certificate and key. Errors: a sentence that names the one that can not be read. */
export async function readTls(files: {
  readonly certificateFile: string;
  readonly keyFile: string;
}): Promise<Result<TlsTexts, string>> {
  const certificate = await textIn(files.certificateFile);
  if (!certificate.ok) return certificate;
  const key = await textIn(files.keyFile);
  return key.ok ? ok({ certificate: certificate.value, key: key.value }) : key;
}

async function textIn(path: string): Promise<Result<string, string>> {
  try {
    return ok(await readFile(path, 'utf8'));
  } catch {
    return err(`The file ${path} can not be read.`);
  }
}
