import { setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import type { RequestListener } from 'node:http';
import { MESH_LIMITS } from './limits.ts';
import { httpServer, httpsServer, listeningEar, tcpServer } from './testing/servers.ts';
import { exchange, type Outgoing, type TransportLimits } from './transport.ts';

const SECRET = 'what only the right service may read';
const SOON: TransportLimits = { ...MESH_LIMITS, connectMs: 50 };

const to = (url: string, change: Partial<Outgoing> = {}): Outgoing => ({
  method: 'POST',
  url: new URL(url),
  headers: { 'x-secret': SECRET },
  body: Buffer.from(SECRET),
  answerMaxBytes: 100,
  pin: null,
  ...change,
});

const says =
  (body: string, status = 200): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'text/plain' });
    response.end(body);
  };

/** What arrived, said back. */
const echo: RequestListener = (request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    response.setHeader('content-type', 'text/plain');
    response.end(`${request.method ?? ''} ${request.url ?? ''} ${Buffer.concat(parts).toString()}`);
  });
};

const textOf = (body: Uint8Array): string => Buffer.from(body).toString();

afterEach(() => {
  setDefaultCACertificates([]);
});

describe('what goes and comes', () => {
  it('carries a request over plain HTTP on this computer, and its answer whole', async () => {
    await using server = await httpServer(echo);
    for (const host of ['127.0.0.1', 'localhost']) {
      const answer = await exchange(to(`http://${host}:${String(server.port)}/a?b=1`));
      expect(answer).toMatchObject({ ok: true, value: { status: 200, contentType: 'text/plain' } });
      expect(answer.ok && textOf(answer.value.body)).toBe(`POST /a?b=1 ${SECRET}`);
    }
  });

  it('carries it over HTTPS to whom this computer trusts', async () => {
    await using server = await httpsServer(echo);
    setDefaultCACertificates([server.certificate]);
    const answer = await exchange(to(`https://localhost:${String(server.port)}/a`));
    expect(answer.ok && textOf(answer.value.body)).toBe(`POST /a ${SECRET}`);
  });

  it('carries it over HTTPS to the key that was agreed on, whoever vouches for it', async () => {
    await using server = await httpsServer(echo);
    const answer = await exchange(to(`https://127.0.0.1:${String(server.port)}/a`, { pin: server.pin }));
    expect(answer.ok && textOf(answer.value.body)).toBe(`POST /a ${SECRET}`);
  });

  it('hands on a refusal as it came', async () => {
    await using server = await httpServer(says('no', 418));
    const answer = await exchange(to(`http://127.0.0.1:${String(server.port)}`));
    expect(answer).toMatchObject({ ok: true, value: { status: 418 } });
  });
});

describe('[SEC-94] nothing is said before the service has proved itself', () => {
  const wrongs: Readonly<Record<string, (ear: Awaited<ReturnType<typeof listeningEar>>) => Partial<Outgoing>>> = {
    'one that nobody vouches for': () => ({}),
    'another key than the one agreed on': () => ({ pin: '00'.repeat(32) }),
    'another key, though this computer trusts its certificate': ({ certificate }) => {
      setDefaultCACertificates([certificate]);
      return { pin: '00'.repeat(32) };
    },
    'a certificate of another name': ({ certificate, port }) => {
      setDefaultCACertificates([certificate]);
      return { url: new URL(`https://127.0.0.2:${String(port)}`) };
    },
  };

  for (const [what, change] of Object.entries(wrongs)) {
    it(`sends not one byte to ${what}`, async () => {
      await using ear = await listeningEar('0.0.0.0');
      const answer = await exchange(to(`https://127.0.0.1:${String(ear.port)}`, change(ear)));
      const kind = what.startsWith('another key') ? 'other-key' : 'certificate';
      expect(answer).toMatchObject({ ok: false, error: { kind } });
      await ear.ended;
      expect(Buffer.concat(ear.heard).toString()).toBe('');
    });
  }

  it('is heard by that ear where the key is the right one', async () => {
    await using ear = await listeningEar();
    const answer = await exchange(to(`https://127.0.0.1:${String(ear.port)}`, { pin: ear.pin }));
    expect(answer).toMatchObject({ ok: false, error: { kind: 'offline' } });
    expect(Buffer.concat(ear.heard).toString()).toContain(SECRET);
  });

  it('refuses plain HTTP to others than this computer', async () => {
    for (const url of [
      'http://192.0.2.7',
      'http://mesh.example.org',
      'http://localhost.example.org',
      'ftp://127.0.0.1',
    ]) {
      expect(await exchange(to(url))).toMatchObject({ ok: false, error: { kind: 'certificate' } });
    }
  });
});

describe('[SEC-95] what a service answers is bounded', () => {
  it('takes an answer as long as it may be, and none that is longer, announced or not', async () => {
    const whole = 'x'.repeat(100);
    await using longest = await httpServer(says(whole));
    const taken = await exchange(to(`http://127.0.0.1:${String(longest.port)}`));
    expect(taken.ok && textOf(taken.value.body)).toBe(whole);
    await using longer = await httpServer(says(`${whole}x`));
    await using endless = await httpServer((_, response) => {
      const more = (): boolean => response.write('x'.repeat(64));
      response.on('drain', more);
      while (more());
    });
    for (const { port } of [longer, endless]) {
      const answer = await exchange(to(`http://127.0.0.1:${String(port)}`));
      expect(answer).toMatchObject({ ok: false, error: { kind: 'malformed' } });
    }
  });

  it('takes no more headers than it must', async () => {
    await using server = await httpServer((_, response) => {
      response.setHeader('x-long', 'x'.repeat(MESH_LIMITS.headersMaxBytes));
      response.end();
    });
    const answer = await exchange(to(`http://127.0.0.1:${String(server.port)}`));
    expect(answer).toMatchObject({ ok: false, error: { kind: 'malformed' } });
  });

  it('gives up on one that never answers, one that never ends, and one that never comes to TLS', async () => {
    await using silent = await httpServer(() => undefined);
    await using dripping = await httpServer((_, response) => {
      const timer = setInterval(() => response.write('x'), 10);
      response.once('close', () => {
        clearInterval(timer);
      });
    });
    await using mute = await tcpServer(() => undefined);
    const limits = { ...MESH_LIMITS, answerMs: 100 };
    for (const answer of [
      exchange(to(`http://127.0.0.1:${String(silent.port)}`), limits),
      exchange(to(`http://127.0.0.1:${String(dripping.port)}`), limits),
      exchange(to(`https://127.0.0.1:${String(mute.port)}`), SOON),
      exchange(to(`https://127.0.0.1:${String(mute.port)}`, { pin: '00'.repeat(32) }), SOON),
    ]) {
      expect(await answer).toMatchObject({ ok: false, error: { kind: 'offline' } });
    }
  });

  it('goes nowhere else, whatever it is told', async () => {
    let others = 0;
    await using other = await httpServer((_, response) => {
      others += 1;
      response.end();
    });
    await using server = await httpServer((_, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${String(other.port)}/` });
      response.end();
    });
    const answer = await exchange(to(`http://127.0.0.1:${String(server.port)}`));
    expect(answer).toMatchObject({ ok: true, value: { status: 307 } });
    expect(others).toBe(0);
  });
});

describe('what is no answer', () => {
  it('tells a cut connection from an answer', async () => {
    for (const said of [
      '',
      'HTTP/1.1 200 OK\r\n',
      'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n',
    ]) {
      await using server = await tcpServer((socket) => socket.once('data', () => socket.end(said)));
      const answer = await exchange(to(`http://127.0.0.1:${String(server.port)}`));
      expect(answer).toMatchObject({ ok: false, error: { kind: 'offline' } });
    }
  });

  it('does not take for HTTP or TLS what is none', async () => {
    await using server = await tcpServer((socket) => socket.once('data', () => socket.end('220 ready\r\n')));
    for (const scheme of ['http', 'https']) {
      const answer = await exchange(to(`${scheme}://127.0.0.1:${String(server.port)}`));
      expect(answer).toMatchObject({ ok: false, error: { kind: 'malformed' } });
    }
  });

  it('says that nobody is there', async () => {
    const gone = await httpServer(says(''));
    await gone[Symbol.asyncDispose]();
    const answer = await exchange(to(`http://127.0.0.1:${String(gone.port)}`));
    expect(answer).toMatchObject({ ok: false, error: { kind: 'offline' } });
    expect(answer.ok ? '' : answer.error.detail).toContain('ECONNREFUSED');
  });
});
