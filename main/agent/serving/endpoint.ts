import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import * as v from 'valibot';
import { Redacted, err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { readUpTo } from '../../files/bounded-read.ts';
import { PRIVATE_FOLDER_MODE } from '../../files/durable-write.ts';
import { errnoOf } from '../../files/system-error.ts';
import { diskFailure, replaceFile } from '../own-files/replace-file.ts';
import type { System } from '../system.ts';
import { SERVING_LIMITS } from './limits.ts';
import { SECRET_BYTES, type Token } from './proof.ts';

/** What a serving agent has in its home. */
export interface ServingLayout {
  readonly folder: string;
  /** Locked by the process that serves. Empty. */
  readonly lock: string;
  /** Who that is. */
  readonly holder: string;
  /** Where it is reached, and the token. */
  readonly endpoint: string;
}

export function servingLayoutOf(home: string): ServingLayout {
  const folder = join(resolve(home), 'serving');
  return {
    folder,
    lock: join(folder, 'lock.db'),
    holder: join(folder, 'holder.json'),
    endpoint: join(folder, 'endpoint.json'),
  };
}

/** Where an agent is reached, and what proves that it is the one. */
export interface Endpoint {
  /** A socket's path or a pipe's name. */
  readonly socket: string;
  readonly token: Token;
}

const ENDPOINT_MAX_BYTES = 4_096;

const StoredEndpoint = v.strictObject({
  version: v.literal(1),
  socket: v.pipe(v.string(), v.maxLength(1_000)),
  token: v.pipe(
    v.string(),
    v.base64(),
    v.transform((text) => Buffer.from(text, 'base64')),
    v.length(SECRET_BYTES),
  ),
});

/**
 * The name of a socket is a new one each time: when a process closes its own, libuv takes away whatever then stands at
 * that path (uv__pipe_close), and that must not be the socket of the next one.
 */
const newSocketName = (): string => `s-${randomBytes(4).toString('hex')}`;
const SOCKET_NAME = /^s-[0-9a-f]{8}$/;

/**
 * Where to listen: in the home, or, where that path is too long for a socket, in a private folder of this session. On
 * Windows a pipe, whose name nobody can know before it is there (else another could be there first).
 * Errors: `home-unwritable`.
 */
export async function chooseSocket(
  { folder }: ServingLayout,
  { platform, env }: Pick<System, 'platform' | 'env'>,
): Promise<Result<string, Failure>> {
  const digest = createHash('sha256').update(folder).digest('hex').slice(0, 32);
  if (platform === 'win32') return ok(`\\\\.\\pipe\\endymail-${digest}-${randomBytes(16).toString('hex')}`);
  const name = newSocketName();
  const inHome = join(folder, name);
  if (isShortEnough(inHome)) return ok(inHome);
  const places = [env['XDG_RUNTIME_DIR'], env['TMPDIR'], '/tmp'];
  const elsewhere = places
    .filter((place) => place !== undefined && isAbsolute(place))
    // Short, since the place's own path may be long; so many digits tell one person's homes apart.
    .map((place) => join(place ?? '', `endymail-${digest.slice(0, 12)}`, name))
    .find(isShortEnough);
  if (elsewhere === undefined) return err(failure('home-unwritable', 'There is no place for a socket.'));
  return (await isPrivateFolder(dirname(elsewhere), true))
    ? ok(elsewhere)
    : err(failure('home-unwritable', `The folder ${dirname(elsewhere)} belongs to somebody else.`));
}

const isShortEnough = (path: string): boolean => Buffer.byteLength(path) <= SERVING_LIMITS.socketPathMaxBytes;

/** Errors: `home-unwritable`, `disk-full`, `write-failed`. */
export function writeEndpoint(
  { endpoint }: ServingLayout,
  { socket, token }: Endpoint,
): Promise<Result<void, Failure>> {
  const content = JSON.stringify({ version: 1, socket, token: token.reveal().toString('base64') });
  return replaceFile(endpoint, Buffer.from(content));
}

/**
 * Takes away the sockets beside this one that nobody listens on any more. Only for the one who holds the lock.
 * Errors: `home-unwritable`, `write-failed`.
 */
export async function removeSockets(socket: string): Promise<Result<void, Failure>> {
  const folder = dirname(socket);
  if (isPipe(socket)) return ok();
  try {
    const left = (await readdir(folder)).filter((name) => SOCKET_NAME.test(name));
    for (const name of left) await rm(join(folder, name), { force: true });
    return ok();
  } catch (error) {
    return err(diskFailure(error, folder));
  }
}

const isPipe = (socket: string): boolean => socket.startsWith('\\\\.\\pipe\\');

/** What the serving agent of this home has written, where all of it is this user's own and nobody else's; else null. */
export async function readEndpoint(layout: ServingLayout): Promise<Endpoint | null> {
  const home = dirname(layout.folder);
  if (!(await isOwnFolder(home)) || !(await isPrivateFolder(layout.folder, false))) return null;
  try {
    // A link is not followed: what it leads to would be somebody's choice.
    const flags = constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NOFOLLOW | constants.O_NONBLOCK);
    await using file = await open(layout.endpoint, flags);
    const content = (await isPrivateFile(file)) ? await readUpTo(file, ENDPOINT_MAX_BYTES) : null;
    if (content === null) return null;
    const stored = v.parse(StoredEndpoint, JSON.parse(content.toString('utf8')));
    return (await isOwnSocket(stored.socket)) ? { socket: stored.socket, token: new Redacted(stored.token) } : null;
  } catch {
    return null;
  }
}

async function isOwnSocket(socket: string): Promise<boolean> {
  if (process.platform === 'win32') return isPipe(socket);
  const found = await lstat(socket);
  return found.isSocket() && isOwn(found) && (await isPrivateFolder(dirname(socket), false));
}

async function isOwnFolder(path: string): Promise<boolean> {
  try {
    const found = await stat(path);
    return found.isDirectory() && isOwn(found);
  } catch {
    return false;
  }
}

/** A folder for its owner alone, and no link; made where it is missing and may be made. */
async function isPrivateFolder(path: string, make: boolean): Promise<boolean> {
  try {
    if (make) await mkdir(path, { mode: PRIVATE_FOLDER_MODE });
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') return false;
  }
  try {
    const found = await lstat(path);
    return found.isDirectory() && isOwn(found) && isClosed(found);
  } catch {
    return false;
  }
}

async function isPrivateFile(file: FileHandle): Promise<boolean> {
  const found = await file.stat();
  return found.isFile() && isOwn(found) && isClosed(found);
}

interface Owned {
  readonly uid: number;
  readonly mode: number;
}

/** Windows: the access list of the person's own folder, which is inherited, keeps others out. */
const isOwn = ({ uid }: Owned): boolean => process.getuid === undefined || uid === process.getuid();
const isClosed = ({ mode }: Owned): boolean => process.platform === 'win32' || (mode & 0o077) === 0;
