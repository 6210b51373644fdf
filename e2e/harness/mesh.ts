import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../layers/checkout.ts';
import { baseEnv, endProgram, hasEnded, startProgram } from './child.ts';
import { createTestHome } from './test-home.ts';
import { until } from './until.ts';

/** A mesh service in a process of its own, from its sources. */
export interface Mesh extends AsyncDisposable {
  /** What stands behind the at sign of an account that it keeps: "127.0.0.1:40312". */
  readonly host: string;
  /** Where everything lies that it keeps. */
  readonly dataFolder: string;
  /** Returns when nothing answers any more; what it keeps stays. */
  stop(): Promise<void>;
  /** Starts it again, on the same port with the same data. `env`: what else it finds in its environment. */
  start(env?: Readonly<Record<string, string>>): Promise<void>;
  /** Ends it, and deletes what it kept. */
  dispose(): Promise<void>;
}

const PROGRAM = join(CHECKOUT, 'service', 'main.ts');

/** The line by which it says that it answers. */
const ANSWERS = /^The mesh service answers at http:\/\/(127\.0\.0\.1:(\d+)) /m;

/** A port that is free. */
const ANY_PORT = '0';

/** Starts a service on a free port of this computer, with a data folder of its own. Returns when it answers. */
export async function startMesh(): Promise<Mesh> {
  const home = createTestHome('mesh');
  const dataFolder = join(home.scratchFolder, 'data');
  const logs = join(home.scratchFolder, 'logs');
  mkdirSync(logs);
  const run = async (port: string, more: Readonly<Record<string, string>> = {}) => {
    const logFile = join(logs, `${crypto.randomUUID()}.log`);
    const env = { ...baseEnv(), HOME: home.folder, ENDYMAIL_MESH_PORT: port, ...more };
    const child = startProgram(process.execPath, [PROGRAM, '--data', dataFolder], { env, logFile });
    const said = (): string => readFileSync(logFile, 'utf8');
    const [, host = '', bound = ''] = await until('the mesh service', () => {
      if (hasEnded(child)) throw new Error(`The mesh service ended at its start:\n${said()}`);
      return ANSWERS.exec(said());
    });
    return { child, host, port: bound };
  };
  try {
    let running = await run(ANY_PORT);
    const stop = (): Promise<void> => endProgram(running.child);
    home.onDispose(() => stop());
    const { host, port } = running;
    return {
      host,
      dataFolder,
      stop,
      start: async (more) => {
        await stop();
        running = await run(port, more);
      },
      dispose: () => home.dispose(),
      [Symbol.asyncDispose]: () => home.dispose(),
    };
  } catch (error) {
    await home.dispose();
    throw error;
  }
}
