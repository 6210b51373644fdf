import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchService } from '@endymail/main/agent/mesh';
import { bundleForNode } from '../../app/build/node-bundle.mjs';
import { figure, NO_RESULTS, type Pair, type Results } from '../measure.ts';
import { newAccount } from './account.ts';
import { PROGRAMS, startFile, startServer } from './program.ts';

const RUNS = 3;
const DEVICES = 1_000;
const KIB = 1_024;
const MIB = 1_048_576;

/** The thread of the store, which a bundle has beside the service. */
const STORE_WORKER = join(import.meta.dirname, '..', '..', 'service', 'store', 'sqlite', 'store-worker.ts');

/**
 * What memory a service takes that has nothing to do, run from one bundle and from its sources (which Node turns into
 * JavaScript at each start), and what each device more that listens to it.
 */
export async function benchMemory(): Promise<Results> {
  const folder = mkdtempSync(join(tmpdir(), 'endymail-bench-bundle-'));
  await bundleForNode({ entries: { mesh: join(PROGRAMS, 'mesh.ts'), 'store-worker': STORE_WORKER }, folder });
  const bundled: Pair<number>[] = [];
  const fromSources: Pair<number>[] = [];
  const perDevice: Pair<number>[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    await using bundle = await startFile(join(folder, 'mesh.mjs'));
    await using mesh = await startServer('mesh');
    await using idle = await startServer('idle');
    await using bare = await startServer('bare');
    const nothing = (await idle.memoryBytes()) / MIB;
    bundled.push({ ours: (await bundle.memoryBytes()) / MIB, bare: nothing });
    fromSources.push({ ours: (await mesh.memoryBytes()) / MIB, bare: nothing });
    perDevice.push({
      ours: await growth(bundle, () => watchers(bundle.url)),
      bare: await growth(bare, () => connections(bare.url)),
    });
  }
  rmSync(folder, { recursive: true, force: true });
  const comparedTo = 'Node with nothing to do';
  return {
    ...NO_RESULTS,
    figures: [
      figure({ name: 'a service with nothing to do, from one bundle', comparedTo, unit: 'MiB' }, bundled),
      figure({ name: 'a service with nothing to do, from its sources', comparedTo, unit: 'MiB' }, fromSources),
      figure(
        {
          name: `each of ${String(DEVICES)} devices that listen to a service`,
          comparedTo: 'a connection that an HTTP server keeps',
          unit: 'KiB',
        },
        perDevice,
      ),
    ],
  };
}

type Opened = readonly (() => void)[];

async function growth(
  { memoryBytes }: { readonly memoryBytes: () => Promise<number> },
  open: () => Promise<Opened>,
): Promise<number> {
  const before = await memoryBytes();
  const opened = await open();
  const after = await memoryBytes();
  for (const end of opened) end();
  return (after - before) / DEVICES / KIB;
}

async function watchers(url: string): Promise<Opened> {
  const { service, account, key } = await newAccount(url, 'alice');
  const opened: (() => void)[] = [];
  for (let device = 0; device < DEVICES; device += 1) {
    await new Promise<void>((resolve) => {
      opened.push(watchService({ service, account, key, now: () => new Date(), onNews: resolve }));
    });
  }
  return opened;
}

async function connections(url: string): Promise<Opened> {
  const { hostname, port, host } = new URL(url);
  const opened: (() => void)[] = [];
  for (let device = 0; device < DEVICES; device += 1) {
    const socket: Socket = connect({ host: hostname, port: Number(port) });
    socket.write(`GET / HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
    await once(socket, 'data');
    opened.push(() => {
      socket.destroy();
    });
  }
  return opened;
}
