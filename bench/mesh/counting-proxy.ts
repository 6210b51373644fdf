import { connect, createServer, type AddressInfo } from 'node:net';

/** Stands before a service and counts. A device makes a connection for each call. */
export interface CountingProxy extends AsyncDisposable {
  readonly url: string;
  /** What went through since the last time it was asked, in both directions. */
  readonly taken: () => { readonly calls: number; readonly bytes: number };
  /** Where to. */
  readonly lead: (port: number) => void;
}

export async function startCountingProxy(): Promise<CountingProxy> {
  let to = 0;
  let calls = 0;
  let bytes = 0;
  const server = createServer((from) => {
    calls += 1;
    const behind = connect(to, '127.0.0.1');
    const count = (data: Buffer): void => {
      bytes += data.length;
    };
    from.on('data', count).on('error', () => behind.destroy());
    behind.on('data', count).on('error', () => from.destroy());
    from.pipe(behind).pipe(from);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    lead: (behind) => {
      to = behind;
    },
    taken: () => {
      const since = { calls, bytes };
      calls = 0;
      bytes = 0;
      return since;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}
