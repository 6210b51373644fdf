import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ok, type Result } from '../result/index.ts';
import { encodeCbor, fromHex, parseAccountId, parseHash32, parseSequenceId, sha256, utf8 } from '../sealing/public.ts';
import { meshClientOf, type WireAnswer, type WireCall } from './client.ts';
import { MESH_API } from './contract.ts';
import { HINT } from './hints.ts';
import { WIRE_LIMITS } from './limits.ts';
import { PROBLEM_MEDIA_TYPE, PROBLEMS, readProblem, writeProblem, type ProblemCode } from './problems.ts';
import { readTexts, targetOf, type Route } from './route.ts';

const bytes = (count: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: count, maxLength: count });
const given = <T>(value: T | null): T => {
  if (value === null) throw new Error('The test needs it');
  return value;
};
const ACCOUNT = given(parseAccountId(new Uint8Array(64).fill(1)));
const SEQUENCE = given(parseSequenceId(new Uint8Array(16).fill(2)));
const HASH = given(parseHash32(new Uint8Array(32).fill(3)));

const hash = bytes(32).map((value) => given(parseHash32(value)));
const sequence = bytes(16).map((value) => given(parseSequenceId(value)));
const account = bytes(64).map((value) => given(parseAccountId(value)));
const blob = fc.uint8Array({ minLength: 1, maxLength: 64 });
const count = fc.nat({ max: WIRE_LIMITS.sequenceMaxEntries });
const head = fc.record({ count, hash });
const statement = blob.map((payload) => encodeCbor({ tag: 18, value: [payload, new Map(), payload, payload] }));
const steps = fc
  .dictionary(fc.constantFrom('offer', 'confirm', 'answer', 'reject'), blob)
  .map((entries) => new Map(Object.entries(entries)));
const request = fc
  .tuple(bytes(32), bytes(1_216), blob)
  .map(([signing, kem, proof]) => encodeCbor([1, signing, kem, proof]));

/** What goes over the wire of each call, by its name: bodies, and answers. */
const BODIES: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  createAccount: fc.record({ name: fc.stringMatching(/^[a-z0-9]{1,64}$/), link: blob, bundle: blob }),
  appendLink: fc.record({ expected: head, link: blob, bundle: fc.option(blob) }),
  appendEntries: fc.record({ expected: head, entries: fc.array(blob, { minLength: 1 }) }),
  postRequest: request,
  postOffer: statement,
  postConfirm: statement,
  postAnswer: statement,
  postReject: statement,
  deleteAccount: blob,
};
const ANSWERS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  wellKnown: fc.constant({ service: '02'.repeat(16), api: 'https://mesh.example.org:4433' }),
  accountOf: account,
  createAccount: account,
  readChain: fc.record({ head, links: fc.array(blob) }),
  appendLink: head,
  readBundles: fc.array(fc.record({ index: count, bundle: blob })),
  readHeads: fc.record({ chain: head, sequences: fc.array(fc.tuple(sequence, head)).map((list) => new Map(list)) }),
  readEntries: fc.record({ head, entries: fc.array(blob) }),
  appendEntries: head,
  postRequest: hash,
  readRequests: fc.array(fc.record({ request: blob, steps }), { maxLength: WIRE_LIMITS.pendingRequestsMax }),
  readRequest: steps,
  postOffer: fc.constant(null),
  postConfirm: fc.constant(null),
  postAnswer: fc.constant(null),
  postReject: fc.constant(null),
  deleteAccount: fc.constant(null),
  health: fc.constant({ status: 'ok' }),
  ready: fc.constant({ status: 'unavailable' }),
};

const ROUTES: readonly (readonly [string, Route])[] = Object.entries(MESH_API);

describe('the contract of the mesh service', () => {
  it.each(ROUTES)('%s: what one end writes, the other reads', (name, route) => {
    const forms = [
      [route.body, BODIES[name] ?? fc.constant(undefined)],
      [route.answer, given(ANSWERS[name] ?? null)],
    ] as const;
    for (const [form, values] of forms) {
      fc.assert(
        fc.property(values, (value) => {
          expect(form.read(form.write(value as never))).toEqual(ok(value));
        }),
        { numRuns: 25 },
      );
    }
  });

  it.each(ROUTES)('%s: refuses bytes of chance, and a version that it does not know', (_, route) => {
    for (const form of [route.body, route.answer].filter(({ maxBytes }) => maxBytes > 0)) {
      expect(form.read(utf8('chance')).ok).toBe(false);
      const newer = form.mediaType === 'application/json' ? utf8('{"v":2}') : encodeCbor([2, 'later']);
      expect(form.read(newer)).toEqual({ ok: false, error: 'newer' });
      expect(form.read(new Uint8Array(form.maxBytes + 1))).toEqual({ ok: false, error: 'malformed' });
    }
  });

  it('refuses more in a payload than its call takes', () => {
    const { body } = MESH_API.appendEntries;
    expect(body.read(encodeCbor([1, 0, sha256(utf8('')), []])).ok).toBe(false);
    expect(body.read(encodeCbor([1, 0, sha256(utf8('')), [utf8('a')], 0])).ok).toBe(false);
    expect(body.read(encodeCbor([1, -1, sha256(utf8('')), [utf8('a')]])).ok).toBe(false);
    expect(body.read(encodeCbor([1, 0, utf8('short'), [utf8('a')]])).ok).toBe(false);
    const large = [new Uint8Array(WIRE_LIMITS.entryMaxBytes + 1)];
    expect(body.read(encodeCbor([1, 0, sha256(utf8('')), large])).ok).toBe(false);
    expect(body.read(encodeCbor([1, 0, sha256(utf8('')), [utf8('a')]])).ok).toBe(true);
  });

  it('has one place for each call', () => {
    const places = ROUTES.map(([, { method, path }]) => `${method} ${path}`);
    expect(new Set(places).size).toBe(places.length);
    for (const [, { path, params }] of ROUTES) {
      expect([...path.matchAll(/:([a-z]+)/g)].map(([, name]) => name)).toEqual(Object.keys(params));
    }
  });

  it('writes path and query in one way, and reads no other', () => {
    const route = MESH_API.readEntries;
    const target = targetOf(route, { account: ACCOUNT, sequence: SEQUENCE, from: 7 });
    expect(target).toBe(`/v1/accounts/${'AQ'.padEnd(86, 'EBAQ').slice(0, 86)}/sequences/AgICAgICAgICAgICAgICAg?from=7`);
    const sequenceText = 'AgICAgICAgICAgICAgICAg';
    expect(readTexts({ sequence: route.params.sequence }, { sequence: sequenceText })).toEqual({ sequence: SEQUENCE });
    for (const other of ['AgICAgICAgICAgICAgICAh', `${sequenceText}==`, 'AgIC', '', undefined]) {
      expect(readTexts({ sequence: route.params.sequence }, { sequence: other })).toBeNull();
    }
    for (const from of ['07', '-1', '1e3', ' 1', '16777217', '']) expect(readTexts(route.query, { from })).toBeNull();
    expect(readTexts(route.query, { from: '16777216' })).toEqual({ from: 16_777_216 });
    expect(readTexts(route.query, { from: '0', also: '1' })).toBeNull();
    expect(readTexts(route.query, {})).toBeNull();
  });
});

describe('meshClientOf', () => {
  const answering = (answer: WireAnswer, seen: WireCall[] = []) =>
    meshClientOf((call): Promise<Result<WireAnswer, never>> => {
      seen.push(call);
      return Promise.resolve(ok(answer));
    });

  it('carries what the contract says of a call, and reads its answer', async () => {
    const seen: WireCall[] = [];
    const body = MESH_API.appendEntries.answer.write({ count: 1, hash: HASH });
    const mesh = answering({ status: 200, mediaType: 'application/cbor', body }, seen);
    const entries = [utf8('entry')];
    const answer = await mesh.appendEntries({
      account: ACCOUNT,
      sequence: SEQUENCE,
      body: { expected: { count: 0, hash: HASH }, entries },
    });
    expect(answer).toEqual(ok({ count: 1, hash: HASH }));
    expect(seen).toMatchObject([{ name: 'appendEntries', method: 'POST', signed: 'device' }]);
    expect(seen[0]?.body).toEqual(encodeCbor([1, 0, fromHex(HASH), entries]));
  });

  it('tells a problem by its code, and believes nothing else that is not the answer', async () => {
    const problem = writeProblem({ code: 'too-many', retryAfterSeconds: 9 });
    const busy = answering({ status: 429, mediaType: PROBLEM_MEDIA_TYPE, body: problem });
    expect(await busy.readChain({ account: ACCOUNT, from: 0 })).toEqual({
      ok: false,
      error: { kind: 'problem', problem: { code: 'too-many', retryAfterSeconds: 9 } },
    });
    const body = MESH_API.accountOf.answer.write(ACCOUNT);
    for (const answer of [
      { status: 200, mediaType: 'text/html', body },
      { status: 302, mediaType: 'application/cbor', body },
      { status: 404, mediaType: 'text/html', body: utf8('<html>') },
      { status: 404, mediaType: PROBLEM_MEDIA_TYPE, body: utf8('{"code":"never heard of"}') },
      { status: 200, mediaType: 'application/cbor', body: encodeCbor([1]) },
    ]) {
      expect(await answering(answer).accountOf({ name: 'alice' })).toEqual({
        ok: false,
        error: { kind: 'malformed' },
      });
    }
    const newer = answering({ status: 200, mediaType: 'application/cbor', body: encodeCbor([2, 'later']) });
    expect(await newer.accountOf({ name: 'alice' })).toEqual({ ok: false, error: { kind: 'newer' } });
  });
});

describe('problem documents', () => {
  it.each(Object.keys(PROBLEMS) as ProblemCode[])('%s is read as it was written', (code) => {
    expect(readProblem(writeProblem({ code }))).toEqual({ code });
    expect(readProblem(writeProblem({ code, timeSeconds: 5, retryAfterSeconds: 0 }))).toEqual({
      code,
      timeSeconds: 5,
      retryAfterSeconds: 0,
    });
  });
});

describe('hints', () => {
  it('are read as they were written', () => {
    const hints = [
      { kind: 'chain', count: 3 },
      { kind: 'sequence', sequence: SEQUENCE, count: 4 },
      { kind: 'requests', count: 0 },
    ] as const;
    for (const hint of hints) expect(HINT.read(HINT.write(hint))).toEqual(ok(hint));
    expect(HINT.read(encodeCbor([1, 0, fromHex(SEQUENCE), 1])).ok).toBe(false);
    expect(HINT.read(encodeCbor([1, 3, null, 1])).ok).toBe(false);
  });
});
