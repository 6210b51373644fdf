import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { activeDevice } from '@endymail/shared/identity/public';
import { HINT, MESH_WATCH, PROBLEMS, readTexts, type Hint, type Problem } from '@endymail/shared/mesh-api';
import { ok, type Result } from '@endymail/shared/result';
import { fromHex, parseSequenceId, type AccountId, type KeyId } from '@endymail/shared/sealing/public';
import { WebSocketServer, type WebSocket } from 'ws';
import type { StoreChange } from '../store/store.ts';
import { refuse, tooMany } from './answers.ts';
import { asCaller } from './authenticate.ts';
import type { Ground } from './ground.ts';
import { whereOf } from './journal.ts';
import { rawProblem } from './problem-reply.ts';

/** The WebSockets on which devices are told of what is new. */
export interface Watchers {
  /** Takes a connection that wants to be one. `address`: of the client. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer, address: string) => void;
  /** How many there are. */
  readonly count: () => number;
  /** Says goodbye to everybody, and takes nobody more. */
  readonly close: () => void;
  /** Cuts off who has not said goodbye. */
  readonly cutOff: () => void;
}

interface Watcher {
  readonly account: AccountId;
  readonly device: KeyId;
  readonly socket: WebSocket;
  /** Whether it was heard since the last beat. */
  isHeard: boolean;
}

/** RFC 6455 §7.4.1 */
const CLOSE = Object.freeze({ goingAway: 1_001, notAllowed: 1_008 });

export function createWatchers(ground: Ground): Watchers {
  const { limits, store, profiles, journal } = ground;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: 1,
    perMessageDeflate: false,
    clientTracking: false,
  });
  const byAccount = new Map<string, Set<Watcher>>();
  let total = 0;
  let isClosing = false;

  const everybody = (): readonly Watcher[] => [...byAccount.values()].flatMap((watchers) => [...watchers]);

  function add(watcher: Watcher): void {
    const { account, socket } = watcher;
    const others = byAccount.get(account) ?? new Set<Watcher>();
    others.add(watcher);
    byAccount.set(account, others);
    total += 1;
    socket.on('pong', () => {
      watcher.isHeard = true;
    });
    // Nothing is ever said here by a device: whoever says something is none of ours.
    socket.on('message', () => {
      socket.close(CLOSE.notAllowed);
    });
    socket.on('error', () => {
      socket.terminate();
    });
    socket.once('close', () => {
      others.delete(watcher);
      total -= 1;
      if (others.size === 0 && byAccount.get(account) === others) byAccount.delete(account);
    });
  }

  function tell({ socket }: Watcher, message: Uint8Array): void {
    if (socket.bufferedAmount > limits.watcherMaxUnsentBytes) socket.terminate();
    else socket.send(message);
  }

  /** Whoever is no active device of the account any more hears no more of it. */
  async function sendAway(account: AccountId, watchers: ReadonlySet<Watcher>): Promise<void> {
    const profile = await profiles.of(account);
    for (const { device, socket } of watchers) {
      if (!profile.ok || activeDevice(profile.value, device) === null) socket.close(CLOSE.notAllowed);
    }
  }

  const unwatch = store.watch((change) => {
    const watchers = byAccount.get(change.account);
    if (watchers === undefined) return;
    const hint = hintOf(change);
    const message = hint === null ? null : HINT.write(hint);
    if (message !== null) for (const watcher of watchers) tell(watcher, message);
    const [first] = watchers;
    if (first === undefined || (change.kind !== 'chain' && change.kind !== 'deleted')) return;
    sendAway(first.account, watchers).catch((error: unknown) => {
      journal({ event: 'mistake', where: whereOf(error) });
    });
  });

  const heart = setInterval(() => {
    for (const watcher of everybody()) {
      if (!watcher.isHeard) watcher.socket.terminate();
      else {
        watcher.isHeard = false;
        watcher.socket.ping();
      }
    }
  }, limits.heartbeatSeconds * 1_000);

  async function admitted(
    request: IncomingMessage,
    address: string,
  ): Promise<Result<{ readonly account: AccountId; readonly device: KeyId }, Problem>> {
    const origin = ground.places().originOf(request.headers.host);
    if (origin === null) return refuse('host-refused');
    if (!ground.places().isOwnPage(request.headers, origin)) return refuse('origin-refused');
    const wait = ground.admission.request(address);
    if (wait !== null) return tooMany(wait);
    const account = accountIn(request.url ?? '');
    if (account === null) return refuse('route-unknown');
    const { headers, method = '', url = '' } = request;
    const signed = { method, targetUri: `${origin}${url}`, headers, body: new Uint8Array(), account, takesRoot: false };
    return asCaller(signed, ground, ({ device }) => {
      const isFull = total >= limits.maxWatchers || (byAccount.get(account)?.size ?? 0) >= limits.accountMaxWatchers;
      return Promise.resolve(isFull ? tooMany(limits.heartbeatSeconds) : ok({ account, device: device.id }));
    });
  }

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, address: string): Promise<void> {
    const startedMs = performance.now();
    const admission = await admitted(request, address);
    const decided = isClosing ? refuse('unavailable') : admission;
    journal({
      event: 'request',
      route: MESH_WATCH.path,
      method: request.method ?? '',
      status: decided.ok ? 101 : PROBLEMS[decided.error.code].status,
      code: decided.ok ? null : decided.error.code,
      durationMs: Math.round(performance.now() - startedMs),
    });
    if (!decided.ok) {
      socket.end(rawProblem(decided.error), () => socket.destroy());
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      add({ ...decided.value, socket: webSocket, isHeard: true });
    });
  }

  return {
    upgrade(request, socket, head, address) {
      socket.on('error', () => socket.destroy());
      upgrade(request, socket, head, address).catch((error: unknown) => {
        journal({ event: 'mistake', where: whereOf(error) });
        socket.destroy();
      });
    },
    count: () => total,
    close() {
      isClosing = true;
      clearInterval(heart);
      unwatch();
      for (const { socket } of everybody()) socket.close(CLOSE.goingAway);
    },
    cutOff() {
      for (const { socket } of everybody()) socket.terminate();
    },
  };
}

/** The account in the path of the WebSocket; null: it is another path, or has a query. */
function accountIn(url: string): AccountId | null {
  const [before = '', after = ''] = MESH_WATCH.path.split(':account');
  if (!url.startsWith(before) || !url.endsWith(after)) return null;
  const read = readTexts(MESH_WATCH.params, { account: url.slice(before.length, url.length - after.length) });
  return read?.account ?? null;
}

function hintOf({ kind, sequence: id, count }: StoreChange): Hint | null {
  switch (kind) {
    case 'chain':
    case 'requests':
      return { kind, count };
    case 'sequence': {
      const sequence = parseSequenceId(fromHex(id ?? ''));
      return sequence === null ? null : { kind, sequence, count };
    }
    case 'deleted':
      return null;
  }
}
