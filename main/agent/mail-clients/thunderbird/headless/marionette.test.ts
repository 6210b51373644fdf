import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createFrameReader, frame } from './marionette-frames.ts';
import { connectMarionette } from './marionette.ts';

type Answer = (command: string, parameters: unknown) => { error?: unknown; result?: unknown } | 'silence' | 'hang up';

const HELLO = { applicationType: 'gecko', marionetteProtocol: 3 };
const servers: Server[] = [];
const sockets = new Set<Socket>();

/** The other side of the protocol, as little of it as the client speaks. */
async function serve(answer: Answer, hello: unknown = HELLO): Promise<number> {
  const server = createServer((socket) => {
    sockets.add(socket);
    const reader = createFrameReader();
    socket.on('error', () => undefined);
    socket.write(typeof hello === 'string' ? hello : frame(hello));
    socket.on('data', (chunk) => {
      const messages = reader.push(chunk);
      if (!messages.ok) throw new Error(messages.error);
      for (const message of messages.value) {
        const [, id, command, parameters] = message as [number, number, string, unknown];
        const said = answer(command, parameters);
        if (said === 'hang up') socket.destroy();
        else if (said !== 'silence') socket.write(frame([1, id, said.error ?? null, said.result ?? null]));
      }
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const script =
  (value: unknown): Answer =>
  (command) =>
    command === 'WebDriver:ExecuteAsyncScript' ? { result: { value } } : {};

async function open(port: number, deadlineMs = 2_000) {
  const session = await connectMarionette({ port, deadlineMs });
  if (!session.ok) throw new Error(JSON.stringify(session.error));
  return session.value;
}

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
  sockets.clear();
});

describe('the Marionette client', () => {
  it('returns what a script returned', async () => {
    const session = await open(await serve(script({ value: { a: [1, null] } })));
    expect(await session.run('return x;')).toEqual({ ok: true, value: { a: [1, null] } });
    session.close();
  });

  it('hands the arguments over as they are', async () => {
    const seen: unknown[] = [];
    const port = await serve((command, parameters) => {
      if (command === 'WebDriver:ExecuteAsyncScript') seen.push((parameters as { args: unknown }).args);
      return { result: { value: { value: null } } };
    });
    const session = await open(port);
    await session.run('return null;', ['a"b', { c: [true] }]);
    expect(seen).toEqual([['a"b', { c: [true] }]]);
    session.close();
  });

  it('turns what a script threw into a failure with its text', async () => {
    const session = await open(await serve(script({ error: 'Error: no such file' })));
    expect(await session.run('throw …')).toMatchObject({
      ok: false,
      error: { code: 'client-run-failed', detail: 'Error: no such file' },
    });
    session.close();
  });

  it('fails when a command is refused', async () => {
    const session = await open(
      await serve((command) =>
        command === 'WebDriver:ExecuteAsyncScript' ? { error: { error: 'javascript error', message: 'no' } } : {},
      ),
    );
    expect(await session.run('')).toMatchObject({ ok: false, error: { detail: 'javascript error: no' } });
    session.close();
  });

  it('fails when the answer does not come in time', async () => {
    const session = await open(await serve((command) => (command === 'WebDriver:ExecuteAsyncScript' ? 'silence' : {})));
    expect(await session.run('', [], 50)).toMatchObject({ ok: false, error: { code: 'client-run-failed' } });
    session.close();
  });

  it('fails when the connection breaks in the middle, and ever after', async () => {
    const session = await open(await serve((command) => (command === 'WebDriver:ExecuteAsyncScript' ? 'hang up' : {})));
    expect((await session.run('')).ok).toBe(false);
    expect((await session.run('')).ok).toBe(false);
  });

  it('takes a quit that ends the connection for a yes', async () => {
    const session = await open(await serve((command) => (command === 'Marionette:Quit' ? 'hang up' : {})));
    expect(await session.quit()).toEqual({ ok: true, value: undefined });
  });

  it('waits for a port that is not open yet', async () => {
    const taken = await serve(script({ value: 1 }));
    const late = servers[0];
    await new Promise((resolve) => late?.close(resolve));
    const opening = open(taken);
    const again = createServer((socket) => {
      sockets.add(socket);
      socket.write(frame(HELLO));
      const reader = createFrameReader();
      socket.on('data', (chunk) => {
        const messages = reader.push(chunk);
        for (const message of messages.ok ? messages.value : []) {
          socket.write(frame([1, (message as number[])[1], null, null]));
        }
      });
    });
    servers.push(again);
    again.listen(taken, '127.0.0.1');
    (await opening).close();
  });

  it.each([
    ['another protocol', { marionetteProtocol: 2 }],
    ['no protocol at all', 'HTTP/1.1 200 OK\r\n\r\n'],
    ['nothing', ''],
  ])('gives up in time on a port that speaks %s', async (_, hello) => {
    const session = await connectMarionette({ port: await serve(() => ({}), hello), deadlineMs: 200 });
    expect(session).toMatchObject({ ok: false, error: { code: 'client-run-failed' } });
  });

  it('gives up at once when the program has ended', async () => {
    const session = await connectMarionette({ port: 1, deadlineMs: 60_000, signal: AbortSignal.abort() });
    expect(session).toMatchObject({ ok: false, error: { detail: 'the program ended before it could be reached' } });
  });
});
