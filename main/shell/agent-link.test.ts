import { expect, it, vi } from 'vitest';
import { err, failure, ok } from '@endymail/shared/result';
import { linkAgent, RESTART_PAUSES_MS, STEADY_AFTER_MS, type LinkState, type Readiness } from './agent-link.ts';

/** A home, whoever serves it, and a shell that wants to be its client. Time passes when a test says so. */
function world(options: { served?: boolean; readiness?: Readiness } = {}) {
  let isServed = options.served ?? false;
  let time = 0;
  const states: LinkState['kind'][] = [];
  const pauses: number[] = [];
  const connections: { end: () => void; close: ReturnType<typeof vi.fn> }[] = [];
  const processes: { die: () => void; stop: ReturnType<typeof vi.fn>; kill: ReturnType<typeof vi.fn> }[] = [];
  const reached = new Map<string, PromiseWithResolvers<undefined>>();

  const connect = () => {
    if (!isServed) return Promise.resolve(err(failure('agent-gone')));
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const end = (): void => {
      resolve(undefined);
    };
    const close = vi.fn(end);
    connections.push({ end, close });
    const agent = {
      on: vi.fn(),
      closed: promise,
      close,
      people: () => Promise.resolve(ok([])),
    };
    return Promise.resolve(ok(agent));
  };

  const start = () => {
    const exited = Promise.withResolvers<undefined>();
    isServed = options.readiness?.ok !== false;
    const die = (): void => {
      isServed = false;
      connections.at(-1)?.end();
      exited.resolve(undefined);
    };
    const stop = vi.fn(die);
    const kill = vi.fn(die);
    processes.push({ die, stop, kill });
    return { ready: Promise.resolve(options.readiness ?? ok()), exited: exited.promise, stop, kill };
  };

  const link = linkAgent({
    connect,
    start,
    listener: { changed: vi.fn(), status: vi.fn(), progress: vi.fn() },
    onState: ({ kind }) => {
      states.push(kind);
      reached.get(`${kind} ${states.filter((state) => state === kind).length}`)?.resolve(undefined);
    },
    // What waits for an agent that does not come up is not meant to end by itself here.
    pause: (ms) => {
      if (ms > 10_000) return new Promise(() => undefined);
      pauses.push(ms);
      return Promise.resolve();
    },
    clock: () => time,
  });
  /** Until the link has been in this state so many times. */
  const comes = (kind: LinkState['kind'], times = 1): Promise<undefined> => {
    if (states.filter((state) => state === kind).length >= times) return Promise.resolve(undefined);
    const reach = Promise.withResolvers<undefined>();
    reached.set(`${kind} ${times}`, reach);
    return reach.promise;
  };
  return { link, states, pauses, connections, processes, comes, pass: (ms: number) => (time += ms) };
}

it('joins the agent that serves the home, and starts none', async () => {
  const { link, states, processes, comes } = world({ served: true });
  await comes('joined');
  expect(states).toEqual(['starting', 'joined']);
  expect(processes).toEqual([]);
  expect(await link.ask((agent) => agent.people())).toEqual(ok([]));
});

it('starts one where nobody serves it; what is asked meanwhile waits', async () => {
  const { link, processes } = world();
  expect(await link.ask((agent) => agent.people())).toEqual(ok([]));
  expect(processes).toHaveLength(1);
});

it('starts it anew when it has died', async () => {
  const { link, states, processes, comes } = world();
  await comes('joined');
  processes[0]!.die();
  await comes('joined', 2);
  expect(states).toEqual(['starting', 'joined', 'starting', 'joined']);
  expect(processes).toHaveLength(2);
  expect(await link.ask((agent) => agent.people())).toEqual(ok([]));
});

it('says that it does not come after it died again and again, and begins anew when asked to', async () => {
  const { link, states, pauses, processes, comes } = world();
  for (let death = 1; death <= RESTART_PAUSES_MS.length + 1; death += 1) {
    await comes('joined', death);
    processes.at(-1)!.die();
  }
  await comes('gone');
  expect(pauses).toEqual(RESTART_PAUSES_MS);
  expect(await link.ask((agent) => agent.people())).toMatchObject({ error: { code: 'agent-gone' } });
  link.tryAgain();
  expect(await link.ask((agent) => agent.people())).toEqual(ok([]));
  expect(states.slice(-3)).toEqual(['gone', 'starting', 'joined']);
});

it('does not count against it what came after a long life', async () => {
  const { pauses, processes, comes, pass } = world();
  for (let death = 1; death <= 2 * RESTART_PAUSES_MS.length; death += 1) {
    await comes('joined', death);
    pass(STEADY_AFTER_MS);
    processes.at(-1)!.die();
  }
  await comes('joined', 2 * RESTART_PAUSES_MS.length + 1);
  expect(new Set(pauses)).toEqual(new Set([RESTART_PAUSES_MS[0]]));
});

it('tells why one can not serve at all', async () => {
  const { link, processes, comes } = world({ readiness: err(failure('home-unwritable')) });
  await comes('gone');
  expect(processes.every(({ kill }) => kill.mock.calls.length === 1)).toBe(true);
  expect(await link.ask((agent) => agent.people())).toMatchObject({ error: { code: 'agent-gone' } });
});

it('at the end has its own agent end, and only lets go of another', async () => {
  const own = world();
  await own.comes('joined');
  await own.link.end();
  expect(own.processes[0]!.stop).toHaveBeenCalledOnce();

  const other = world({ served: true });
  await other.comes('joined');
  await other.link.end();
  expect(other.connections[0]!.close).toHaveBeenCalled();
  expect(other.processes).toEqual([]);
});

it('ends also while it waits for an agent that does not come', async () => {
  const { link, states, comes } = world({ readiness: err(failure('home-unwritable')) });
  await comes('gone');
  await link.end();
  expect(states.at(-1)).toBe('gone');
});
