import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes, randomInt } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createServiceClient, findService, type ServiceAddress, type ServiceClient } from '@endymail/main/agent/mesh';
import { firstSequenceHead, verifyChain, type Head, type Profile } from '@endymail/shared/identity';
import { MESH_API, parseAccountName, signatureHeaders, targetOf, type Route } from '@endymail/shared/mesh-api';
import type { Result } from '@endymail/shared/result';
import { hash32Of, type SequenceId, type SigningKey } from '@endymail/shared/sealing';
import {
  entriesOf,
  linkAdding,
  newDevice,
  newPerson,
  requestBy,
  sequenceOf,
  type Person,
} from '../../service/testing/world.ts';
import { CHECKOUT } from '../layers/checkout.ts';

const PROGRAM = join(CHECKOUT, 'service', 'main.ts');
const ROUNDS = 10;
const ACCOUNTS = 4;
/** A kill comes after so many acknowledgements at the most. */
const ACKNOWLEDGED_MAX = 160;
const LIMITS = {
  accountRequestsPerMinute: 1_000_000,
  addressRequestsPerMinute: 1_000_000,
  addressJoinRequestsPerMinute: 1_000,
};

let folder = '';
let service: ChildProcess | null = null;
let port = '0';
let address: ServiceAddress;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-killed-service-'));
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ data: join(folder, 'data'), limits: LIMITS }));
});
afterAll(() => {
  service?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** Starts the service on the port that it had. */
async function start(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [PROGRAM, '--config', join(folder, 'config.json')], {
    env: { ENDYMAIL_MESH_PORT: port, ENDYMAIL_MESH_LOG: 'none' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  service = child;
  for await (const line of createInterface({ input: child.stdout })) {
    const bound = /^The mesh service answers at http:\/\/127\.0\.0\.1:(\d+) /.exec(line)?.[1];
    if (bound === undefined) continue;
    port = bound;
    address = valueOf(await findService(valueOf(parseAccountName(`somebody@127.0.0.1:${port}`)))).service;
    return child;
  }
  throw new Error('The service ended at its start');
}

const clientOf = (key: SigningKey | null): ServiceClient =>
  createServiceClient({ service: address, key, now: () => new Date() });

/** A call as it goes over the wire; it can be sent a second time. */
interface Call {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

async function signed(route: Route, target: string, body: Uint8Array, key: SigningKey): Promise<Call> {
  const url = `http://127.0.0.1:${port}${target}`;
  const headers = await signatureHeaders(
    { method: route.method, targetUri: url, body },
    {
      service: address.id,
      key,
      createdSeconds: Math.floor(Date.now() / 1_000),
      nonce: new Uint8Array(randomBytes(16)),
    },
  );
  return { url, headers: { ...headers, 'content-type': 'application/cbor' }, body };
}

/** The code of the problem; 200 where there is none, null where no answer came. */
async function send({ url, headers, body }: Call): Promise<string | number | null> {
  try {
    const answer = await fetch(url, { method: 'POST', headers, body: Buffer.from(body) });
    if (answer.status === 200) return 200;
    return ((await answer.json()) as { code: string }).code;
  } catch {
    return null;
  }
}

/** One of two lists that grow at the service: what was acknowledged, and what was sent without an answer. */
interface Written {
  readonly acknowledged: Uint8Array[];
  inFlight: { readonly call: Call; readonly item: Uint8Array } | null;
}

interface Account {
  readonly person: Person;
  readonly sequence: SequenceId;
  readonly entries: Written;
  readonly links: Written;
  readonly requests: Written;
}

const nothing = (): Written => ({ acknowledged: [], inFlight: null });

async function newAccount(index: number): Promise<Account> {
  const person = await newPerson();
  const { link, bundle } = person.made;
  valueOf(await clientOf(null).createAccount({ body: { name: `account${String(index)}`, link, bundle } }));
  const links = { acknowledged: [link], inFlight: null };
  return { person, sequence: sequenceOf(person, 1), entries: nothing(), links, requests: nothing() };
}

/** Sends it, and writes down what came of it. Returns whether the service is there. */
async function write(to: Written, call: Call, item: Uint8Array, acknowledged: () => void): Promise<boolean> {
  to.inFlight = { call, item };
  const answer = await send(call);
  if (answer === null) return false;
  expect(answer).toBe(200);
  to.acknowledged.push(item);
  to.inFlight = null;
  acknowledged();
  return true;
}

async function writeEntries({ person, sequence, entries: to }: Account, from: Head, acknowledged: () => void) {
  let head = from;
  for (;;) {
    const made = await entriesOf(person, sequence, person.key, [new Uint8Array(randomBytes(500))], head);
    const [entry] = made.entries;
    if (entry === undefined) throw new Error('No entry');
    const target = targetOf(MESH_API.appendEntries, { account: person.account, sequence });
    const body = MESH_API.appendEntries.body.write({ expected: made.expected, entries: made.entries });
    const call = await signed(MESH_API.appendEntries, target, body, person.key);
    if (!(await write(to, call, entry, acknowledged))) return;
    ({ head } = made);
  }
}

/** Adds one device, while its account's entries are written. */
async function writeLink({ person, links: to }: Account, profile: Profile, acknowledged: () => void) {
  const { link, bundle } = await linkAdding(person, profile, await newDevice());
  const target = targetOf(MESH_API.appendLink, { account: person.account });
  const body = MESH_API.appendLink.body.write({ expected: profile.head, link, bundle });
  await write(to, await signed(MESH_API.appendLink, target, body, person.key), link, acknowledged);
}

async function writeRequest({ person, requests: to }: Account, acknowledged: () => void) {
  const { signing } = await newDevice();
  const body = await requestBy(signing, person.account);
  const url = `http://127.0.0.1:${port}${targetOf(MESH_API.postRequest, { account: person.account })}`;
  await write(to, { url, headers: { 'content-type': 'application/cbor' }, body }, body, acknowledged);
}

/** What is there must be what was acknowledged, and at most what was on its way behind it. */
function expectKept(found: readonly Uint8Array[], { acknowledged, inFlight }: Written): boolean {
  const texts = (items: readonly Uint8Array[]) => items.map((item) => hash32Of(item));
  const isThere = found.length > acknowledged.length;
  const expected = isThere && inFlight !== null ? [...acknowledged, inFlight.item] : acknowledged;
  expect(texts(found)).toEqual(texts(expected));
  return isThere;
}

/** Sends again what had no answer: it was done with its number, or neither was. */
async function sendAgain(to: Written, isThere: boolean): Promise<string> {
  if (to.inFlight === null) return 'nothing';
  expect(await send(to.inFlight.call)).toBe(isThere ? 'replayed' : 200);
  expect(await send(to.inFlight.call)).toBe('replayed');
  to.acknowledged.push(to.inFlight.item);
  to.inFlight = null;
  return isThere ? 'done' : 'not done';
}

async function checked({ person, sequence, entries, links, requests }: Account) {
  const client = clientOf(person.key);
  const { account } = person;
  const found: Uint8Array[] = [];
  for (;;) {
    const range = valueOf(await client.readEntries({ account, sequence, from: found.length }));
    found.push(...range.entries);
    if (found.length >= range.head.count) break;
  }
  const entry = await sendAgain(entries, expectKept(found, entries));
  const chain = valueOf(await client.readChain({ account, from: 0 }));
  await sendAgain(links, expectKept(chain.links, links));
  const waiting = valueOf(await client.readRequests({ account }));
  // A request has no number: sent again it is the same.
  if (
    expectKept(
      waiting.map(({ request }) => request),
      requests,
    ) &&
    requests.inFlight !== null
  ) {
    requests.acknowledged.push(requests.inFlight.item);
  }
  requests.inFlight = null;
  const profile = valueOf(await verifyChain(account, links.acknowledged));
  const heads = valueOf(await client.readHeads({ account }));
  return { entry, profile, head: heads.sequences.get(sequence) ?? firstSequenceHead(account, sequence) };
}

it('[SEC-70] [SEC-115] loses nothing that it acknowledged over HTTP when it is killed, and takes nothing a second time', async () => {
  let child = await start();
  const accounts = await Promise.all(Array.from({ length: ACCOUNTS }, (_, index) => newAccount(index)));
  let states = await Promise.all(accounts.map(checked));
  for (let round = 0; round < ROUNDS; round += 1) {
    const killAfter = randomInt(1, ACKNOWLEDGED_MAX);
    const ended = once(child, 'exit');
    let seen = 0;
    const acknowledged = (): void => {
      seen += 1;
      if (seen === killAfter) child.kill('SIGKILL');
    };
    await Promise.all(
      accounts.flatMap((account, index) => {
        const state = states[index];
        if (state === undefined) throw new Error('No state');
        const link = index === round % ACCOUNTS ? [writeLink(account, state.profile, acknowledged)] : [];
        return [writeEntries(account, state.head, acknowledged), writeRequest(account, acknowledged), ...link];
      }),
    );
    expect((await ended)[1]).toBe('SIGKILL');
    child = await start();
    states = await Promise.all(accounts.map(checked));
  }
  const total = accounts.reduce((sum, { entries }) => sum + entries.acknowledged.length, 0);
  expect(total).toBeGreaterThan(ROUNDS);
});
