import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  firstSequenceHead,
  makeAccount,
  makeAddDevice,
  makeRemoveDevice,
  makeReverse,
  nextHead,
  ORDINARY_ROLES,
  verifyChain,
  type Head,
  type NewAccount,
  type Profile,
} from '@endymail/shared/identity';
import {
  meshClientOf,
  signatureHeaders,
  type MeshClient,
  type ServiceId,
  type WireCall,
} from '@endymail/shared/mesh-api';
import { ok } from '@endymail/shared/result';
import {
  accountIdBytes,
  encodeCbor,
  generateKemKey,
  generateSigningKey,
  hash32Bytes,
  newRecoverySecret,
  rootKeyOf,
  sequenceIdBytes,
  signStatement,
  utf8,
  type AccountId,
  type KemKey,
  type SequenceId,
  type SigningKey,
} from '@endymail/shared/sealing';
import { startService, type RunningService, type ServiceOptions } from '../start-service.ts';

/** A request as a test wants it, wrong ones too. */
export interface RawRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
}

/** A service on a folder and port of its own. */
export interface World {
  readonly service: RunningService;
  /** Seconds since 1970 by the service's clock, which stands still. */
  nowSeconds: number;
  readonly send: (request: RawRequest) => Promise<RawAnswer>;
  readonly code: (request: RawRequest) => Promise<string | number>;
  readonly sign: (request: RawRequest, key: SigningKey, change?: Partial<SignedFor>) => Promise<RawRequest>;
  /** Null: a stranger. */
  readonly client: (key: SigningKey | null) => MeshClient<never>;
  readonly restart: () => Promise<void>;
  readonly dispose: () => Promise<void>;
}

/** For whom and when a request is signed. */
export interface SignedFor {
  readonly service: ServiceId;
  readonly createdSeconds: number;
  readonly nonce: Uint8Array;
  readonly targetUri: string;
}

export const NOW = 1_800_000_000;

export async function openWorld(options: Partial<ServiceOptions> = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'endymail-service-'));
  const start = async (): Promise<RunningService> => {
    const started = await startService({
      dataFolder: folder,
      listen: { host: '127.0.0.1', port: 0 },
      nowMs: () => world.nowSeconds * 1_000,
      ...options,
    });
    if (!started.ok) throw new Error(`The service did not start: ${started.error.kind} ${started.error.detail}`);
    return started.value;
  };
  const clock = { nowSeconds: NOW };
  let service: RunningService;
  const world: World = {
    get service() {
      return service;
    },
    get nowSeconds() {
      return clock.nowSeconds;
    },
    set nowSeconds(seconds) {
      clock.nowSeconds = seconds;
    },
    send: (request) => send(service.address.port, request),
    async code(request) {
      return codeOf(await world.send(request));
    },
    async sign({ method, target, headers = {}, body = new Uint8Array() }, key, change = {}) {
      const parts = { method, targetUri: change.targetUri ?? `${service.url}${target}`, body };
      const signed = await signatureHeaders(parts, {
        service: change.service ?? service.service,
        key,
        createdSeconds: change.createdSeconds ?? clock.nowSeconds,
        nonce: change.nonce ?? new Uint8Array(randomBytes(16)),
      });
      return { method, target, body, headers: { ...headers, ...signed } };
    },
    client: (key) =>
      meshClientOf(async (call) => {
        const raw = rawOf(call);
        const signed = call.signed !== 'none' && key !== null;
        const { status, headers, body } = await world.send(signed ? await world.sign(raw, key) : raw);
        return ok({ status, mediaType: String(headers['content-type'] ?? ''), body });
      }),
    async restart() {
      await service.stop();
      service = await start();
    },
    async dispose() {
      await service.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  service = await start();
  return world;
}

const rawOf = ({ method, target, body, mediaType }: WireCall): RawRequest => ({
  method,
  target,
  ...(mediaType === null ? {} : { body, headers: { 'content-type': mediaType } }),
});

/** The code of a problem, or the status where it went well. */
function codeOf({ status, headers, body }: RawAnswer): string | number {
  if (status < 400) return status;
  const document: unknown = JSON.parse(Buffer.from(body).toString());
  const isProblem = headers['content-type'] === 'application/problem+json';
  if (!isProblem || typeof document !== 'object' || document === null || !('code' in document)) {
    throw new Error(`An answer of ${status} without a problem document`);
  }
  return String(document.code);
}

function send(port: number, { method, target, headers = {}, body }: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      {
        host: '127.0.0.1',
        port,
        method,
        path: target,
        agent: false,
        headers: { ...(body === undefined ? {} : { 'content-length': String(body.length) }), ...headers },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const whole = new Uint8Array(Buffer.concat(parts));
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: whole });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A person with an account: everything that its first device knows. */
export interface Person {
  readonly account: AccountId;
  readonly key: SigningKey;
  readonly root: SigningKey;
  readonly made: NewAccount;
}

export interface Device {
  readonly signing: SigningKey;
  readonly kem: KemKey;
}

export const newDevice = async (): Promise<Device> => ({
  signing: await generateSigningKey(),
  kem: await generateKemKey(),
});

/** An account that is nowhere yet. */
export async function newPerson(): Promise<Person> {
  const recoverySecret = newRecoverySecret();
  const device = await newDevice();
  const made = await makeAccount({ recoverySecret, device, nowSeconds: NOW });
  const { account } = made.profile;
  return { account, key: device.signing, root: await rootKeyOf(recoverySecret), made };
}

/** An account that is at the service. */
export async function settle(world: World, name: string): Promise<Person> {
  const person = await newPerson();
  const { link, bundle } = person.made;
  const created = await world.client(null).createAccount({ body: { name, link, bundle } });
  if (!created.ok) throw new Error(`No account: ${JSON.stringify(created.error)}`);
  return person;
}

/** The link that adds a device, and its bundle. */
export async function linkAdding(person: Person, profile: Profile, device: Device, roles = ORDINARY_ROLES) {
  const head = profile.head;
  return makeAddDevice({
    profile,
    admin: person.key,
    device: {
      publicKey: device.signing.publicKey,
      kemKey: device.kem.publicKey,
      roles,
      reverse: await makeReverse(device.signing, { account: person.account, roles, head }),
      invitation: null,
    },
    request: null,
    epochKeys: person.made.epochKeys,
    nowSeconds: NOW,
  });
}

/** Adds a device to the account at the service. */
export async function addDevice(world: World, person: Person, roles?: number): Promise<Device> {
  const device = await newDevice();
  const profile = await profileAt(world, person);
  const { link, bundle } = await linkAdding(person, profile, device, roles);
  const body = { expected: profile.head, link, bundle };
  const appended = await world.client(person.key).appendLink({ account: person.account, body });
  if (!appended.ok) throw new Error(`Not added: ${JSON.stringify(appended.error)}`);
  return device;
}

/** Takes a device out of the account at the service; it is one that `addDevice` added, and the only one. */
export async function removeDevice(world: World, person: Person, device: Device): Promise<void> {
  const profile = await profileAt(world, person);
  const { link, bundle } = await makeRemoveDevice({
    profile,
    signer: person.key,
    device: device.signing.id,
    heads: emptyHeads(profile),
    epochKeys: person.made.epochKeys,
    kemKeys: person.made.kemKeys,
    nowSeconds: NOW,
  });
  const body = { expected: profile.head, link, bundle };
  const appended = await world.client(person.key).appendLink({ account: person.account, body });
  if (!appended.ok) throw new Error(`Not removed: ${JSON.stringify(appended.error)}`);
}

/** Every sequence empty. */
export const emptyHeads = (profile: Profile): ReadonlyMap<SequenceId, Head> =>
  new Map([...profile.sequences.keys()].map((id) => [id, firstSequenceHead(profile.account, id)]));

async function profileAt(world: World, { account }: Person): Promise<Profile> {
  const chain = await world.client(null).readChain({ account, from: 0 });
  if (!chain.ok) throw new Error('No chain');
  const profile = await verifyChain(account, chain.value.links);
  if (!profile.ok) throw new Error(`A chain that does not verify: ${profile.error}`);
  return profile.value;
}

/** The sequence of the n-th catalog, from 1 on. */
export function sequenceOf(person: Person, catalog: number): SequenceId {
  const id = [...person.made.profile.sequences.keys()][catalog - 1];
  if (id === undefined) throw new Error('No such catalog');
  return id;
}

/** Entries that are signed as they must be, with whatever in them. */
export async function entriesOf(
  person: Person,
  sequence: SequenceId,
  key: SigningKey,
  contents: readonly Uint8Array[],
  from: Head = firstSequenceHead(person.account, sequence),
): Promise<{ readonly expected: Head; readonly entries: Uint8Array[]; readonly head: Head }> {
  let head = from;
  const entries: Uint8Array[] = [];
  for (const content of contents) {
    const bytes = await signStatement({
      type: 'entry',
      key,
      context: encodeCbor(['endymail/entry', 1, accountIdBytes(person.account), sequenceIdBytes(sequence)]),
      payload: encodeCbor([head.count, hash32Bytes(head.hash), content]),
    });
    entries.push(bytes);
    head = nextHead(head, bytes);
  }
  return { expected: from, entries, head };
}

/** A request to join, as the service sees it. */
export async function requestBy(key: SigningKey, account: AccountId): Promise<Uint8Array> {
  const context = encodeCbor(['endymail/request', 1, accountIdBytes(account)]);
  const statement = await signStatement({ type: 'request', key, context, payload: utf8('asks') });
  return encodeCbor([1, key.publicKey, new Uint8Array(1_216), statement]);
}
