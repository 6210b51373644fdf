import type { RequestListener } from 'node:http';
import { beforeAll, expect, it } from 'vitest';
import {
  MESH_API,
  parseServiceId,
  PROBLEM_MEDIA_TYPE,
  readSignature,
  writeProblem,
  type ServiceId,
  type SignedRequest,
} from '@endymail/shared/mesh-api';
import { firstSequenceHead } from '@endymail/shared/identity';
import {
  generateSigningKey,
  parseAccountId,
  parseSequenceId,
  type AccountId,
  type SequenceId,
  type SigningKey,
} from '@endymail/shared/sealing';
import { MESH_LIMITS } from './limits.ts';
import { createServiceClient, type ServiceClient } from './service-client.ts';
import { httpServer, type Listening } from './testing/servers.ts';

const NOW_SECONDS = 1_800_000_000;

const exists = <T>(value: T | null): T => {
  if (value === null) throw new Error('none');
  return value;
};

const SERVICE: ServiceId = exists(parseServiceId(new Uint8Array(16).fill(7)));
const ACCOUNT: AccountId = exists(parseAccountId(new Uint8Array(64).fill(1)));
const SEQUENCE: SequenceId = exists(parseSequenceId(new Uint8Array(16).fill(2)));
const HEAD = firstSequenceHead(ACCOUNT, SEQUENCE);

let key: SigningKey;

beforeAll(async () => {
  key = await generateSigningKey();
});

interface Seen {
  readonly signed: SignedRequest | null;
  readonly isByKey: boolean;
  readonly type: string | undefined;
  readonly body: Buffer;
}

/** A service that reads each request as one does, and gives the answers of the test in turn. */
async function service(
  ...answers: readonly RequestListener[]
): Promise<Listening & { readonly seen: readonly Seen[] }> {
  const seen: Seen[] = [];
  const server = await httpServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      const { method = '', url = '', headers } = request;
      const read = readSignature({ method, targetUri: `http://${headers.host ?? ''}${url}`, body }, headers);
      const signed = read.ok ? read.value : null;
      void (signed?.isBy(key.publicKey) ?? Promise.resolve(false)).then((isByKey) => {
        seen.push({ signed, isByKey, type: headers['content-type'], body });
        answers[seen.length - 1]?.(request, response);
      });
    });
  });
  return { ...server, seen };
}

const heads: RequestListener = (_, response) => {
  response.setHeader('content-type', 'application/cbor');
  response.end(MESH_API.readHeads.answer.write({ chain: HEAD, sequences: new Map() }));
};

const problem =
  (code: Parameters<typeof writeProblem>[0]['code'], timeSeconds?: number): RequestListener =>
  (_, response) => {
    response.writeHead(401, { 'content-type': PROBLEM_MEDIA_TYPE });
    response.end(writeProblem({ code, ...(timeSeconds === undefined ? {} : { timeSeconds }) }));
  };

const clientOf = (server: Listening, as: SigningKey | null = key): ServiceClient =>
  createServiceClient({
    service: { url: `http://127.0.0.1:${String(server.port)}`, id: SERVICE, pin: null },
    key: as,
    now: () => new Date(NOW_SECONDS * 1_000 + 999),
    limits: { ...MESH_LIMITS, answerMs: 5_000 },
  });

it('signs for this service, at this time, with a nonce of its own', async () => {
  await using server = await service(heads, heads);
  const client = clientOf(server);
  for (const read of [await client.readHeads({ account: ACCOUNT }), await client.readHeads({ account: ACCOUNT })]) {
    expect(read).toMatchObject({ ok: true, value: { chain: HEAD } });
  }
  const [first, second] = server.seen;
  expect(first).toMatchObject({
    isByKey: true,
    signed: { service: SERVICE, key: key.id, createdSeconds: NOW_SECONDS },
  });
  expect(first?.type).toBeUndefined();
  expect(first?.signed?.nonce).not.toBe(second?.signed?.nonce);
});

it('signs the body that it sends, and says of what type it is', async () => {
  await using server = await service((_, response) => {
    response.setHeader('content-type', 'application/cbor; charset=binary');
    response.end(MESH_API.appendEntries.answer.write(HEAD));
  });
  const body = { expected: HEAD, entries: [new Uint8Array([1])] };
  const appended = await clientOf(server).appendEntries({ account: ACCOUNT, sequence: SEQUENCE, body });
  expect(appended).toEqual({ ok: true, value: HEAD });
  expect(server.seen).toMatchObject([{ isByKey: true, type: 'application/cbor' }]);
  expect(new Uint8Array(server.seen[0]?.body ?? [])).toEqual(MESH_API.appendEntries.body.write(body));
});

it('signs nothing that is public, and makes no call that it can not sign', async () => {
  await using server = await service(problem('name-unknown'));
  expect(await clientOf(server).accountOf({ name: 'alice' })).toMatchObject({ error: { kind: 'problem' } });
  expect(server.seen).toMatchObject([{ signed: null }]);
  const read = await clientOf(server, null).readHeads({ account: ACCOUNT });
  expect(read).toEqual({ ok: false, error: { kind: 'carry', fault: { kind: 'no-key', detail: 'readHeads' } } });
  expect(server.seen).toHaveLength(1);
});

it('[SEC-97] signs once more by the clock of the service, with another nonce, and not a third time', async () => {
  const theirs = NOW_SECONDS - 90_000;
  await using server = await service(problem('clock', theirs), heads);
  expect(await clientOf(server).readHeads({ account: ACCOUNT })).toMatchObject({ ok: true });
  const [first, second] = server.seen;
  expect(first?.signed?.createdSeconds).toBe(NOW_SECONDS);
  expect(second).toMatchObject({ isByKey: true, signed: { createdSeconds: theirs } });
  expect(first?.signed?.nonce).not.toBe(second?.signed?.nonce);

  await using stubborn = await service(problem('clock', theirs), problem('clock', theirs + 1), heads);
  expect(await clientOf(stubborn).readHeads({ account: ACCOUNT })).toMatchObject({
    error: { kind: 'problem', problem: { code: 'clock' } },
  });
  expect(stubborn.seen).toHaveLength(2);
});

it('does not try again where no time is said, or something else is wrong', async () => {
  for (const code of ['clock', 'replayed', 'device-refused'] as const) {
    await using server = await service(problem(code), heads);
    expect(await clientOf(server).readHeads({ account: ACCOUNT })).toMatchObject({ error: { problem: { code } } });
    expect(server.seen).toHaveLength(1);
  }
});

it('[SEC-95] takes no answer of another type, of another status, or longer than its call has', async () => {
  const type =
    (contentType: string, status = 200): RequestListener =>
    (_, response) => {
      response.writeHead(status, { 'content-type': contentType });
      response.end(MESH_API.readHeads.answer.write({ chain: HEAD, sequences: new Map() }));
    };
  for (const answer of [type('text/html'), type(''), type('application/cbor', 201), type('application/cbor', 302)]) {
    await using server = await service(answer);
    expect(await clientOf(server).readHeads({ account: ACCOUNT })).toMatchObject({ error: { kind: 'malformed' } });
  }
  await using server = await service((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(`${' '.repeat(MESH_API.health.answer.maxBytes)}{"status":"ok"}`);
  });
  expect(await clientOf(server).health({})).toMatchObject({
    error: { kind: 'carry', fault: { kind: 'malformed', detail: 'the answer is too long' } },
  });
});
