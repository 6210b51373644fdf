import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServiceClient, findService, type ServiceClient } from '@endymail/main/agent/mesh';
import { parseAccountName } from '@endymail/shared/mesh-api';
import { Redacted } from '@endymail/shared/result';
import { startService } from '@endymail/service';
import { NO_HOSTING } from '../../main/agent/mesh/testing/no-hosting.ts';
import { address, identity, profile } from '../../main/agent/testing/profiles.ts';
import { world, type World } from '../../main/agent/testing/world.ts';
import { figure, NO_RESULTS, times, timed, type Pair, type Results } from '../measure.ts';
import { valueOf } from './account.ts';
import { startCountingProxy, type CountingProxy } from './counting-proxy.ts';
import { ROOM } from './room.ts';

const RUNS = 9;
const ALICE = address('alice@example.test');

interface Connected {
  readonly approvingMs: number;
  readonly emptyCallsMs: number;
  /** From the digits to the keys. */
  readonly approving: ReturnType<CountingProxy['taken']>;
  /** Everything from asking to join on. */
  readonly bytes: number;
  readonly emptyBytes: number;
}

/**
 * How long it takes from approving a device until it can use the account's keys, against the bare time of as many calls;
 * how many calls these are, and how many bytes a connection costs. Both devices look again as soon as there is something.
 */
export async function benchConnecting(): Promise<Results> {
  await using proxy = await startCountingProxy();
  const dataFolder = mkdtempSync(join(tmpdir(), 'endymail-bench-mesh-'));
  const listen = { host: '127.0.0.1', port: 0 };
  const service = valueOf(await startService({ dataFolder, listen, publicOrigin: proxy.url, limits: ROOM }));
  proxy.lead(service.address.port);
  const all: Connected[] = [];
  // The first is not counted.
  for (let run = 0; run <= RUNS; run += 1) all.push(await connectOne(proxy, `alice${String(run)}`));
  await service.stop();
  rmSync(dataFolder, { recursive: true, force: true });
  const counted = all.slice(1);
  const pairs = (ours: (of: Connected) => number, bare: (of: Connected) => number): readonly Pair<number>[] =>
    counted.map((of) => ({ ours: ours(of), bare: bare(of) }));
  const KIB = 1_024;
  return {
    ...NO_RESULTS,
    results: [
      times(
        { name: 'from approving a device to its using the keys', comparedTo: 'as many empty calls, one after another' },
        pairs(
          (of) => of.approvingMs,
          (of) => of.emptyCallsMs,
        ),
      ),
    ],
    figures: [
      figure(
        { name: 'from approving a device to its using the keys', comparedTo: 'one empty call', unit: 'calls' },
        pairs(
          (of) => of.approving.calls,
          () => 1,
        ),
      ),
      figure(
        {
          name: 'connecting a device, both sides, from asking to the first sync',
          comparedTo: 'one empty call',
          unit: 'KiB',
        },
        pairs(
          (of) => of.bytes / KIB,
          (of) => of.emptyBytes / KIB,
        ),
      ),
    ],
  };
}

async function connectOne(proxy: CountingProxy, local: string): Promise<Connected> {
  const name = `${local}@${new URL(proxy.url).host}`;
  const second = computer('second', () => Promise.resolve());
  const first = computer('first', async () => {
    await second.agent.account.joining();
  });
  valueOf(await first.agent.enable([ALICE], {}));
  valueOf(await first.agent.account.create(name));

  proxy.taken();
  const asked = valueOf(await second.agent.account.request(name));
  const [request] = valueOf(await first.agent.account.pending());
  if (asked.kind !== 'waiting' || asked.digits === null || request === undefined) throw new Error(asked.kind);
  const digits = new Redacted(asked.digits);
  const asking = proxy.taken();
  const approvingMs = await timed(async () => {
    valueOf(await first.agent.account.approve(request.id, digits, { mayApprove: false }));
    for (;;) {
      const view = valueOf(await second.agent.account.joining());
      if (view.kind === 'joined') break;
      if (view.kind === 'ended') throw new Error(view.why.code);
    }
    if (second.state().mailboxes[0]?.current.privateKey === undefined) throw new Error('It joined without the keys');
  });
  const approving = proxy.taken();

  const client = await strangerAt(name);
  proxy.taken();
  valueOf(await client.health({}));
  const { bytes: emptyBytes } = proxy.taken();
  const emptyCallsMs = await timed(async () => {
    for (let call = 0; call < approving.calls; call += 1) valueOf(await client.health({}));
  });
  return { approvingMs, emptyCallsMs, approving, bytes: asking.bytes + approving.bytes, emptyBytes };
}

async function strangerAt(name: string): Promise<ServiceClient> {
  const parsed = valueOf(parseAccountName(name));
  const { service } = valueOf(await findService(parsed));
  return createServiceClient({ service, key: null, now: () => new Date() });
}

/** A computer with one mailbox and a mail client that holds what it is told. `pause`: while it waits for the other one. */
function computer(name: string, pause: () => Promise<void>): World {
  const made = world([profile(name, [identity('id1', ALICE)])], {
    find: (of, pin) => findService(of, pin),
    hosting: NO_HOSTING,
    connect: (service, key) => createServiceClient({ service, key, now: () => new Date() }),
    watch: () => () => undefined,
    here: { name, platform: 'linux' },
    pause,
  });
  made.now = new Date();
  return made;
}
