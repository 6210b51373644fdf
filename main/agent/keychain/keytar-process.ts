import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import * as v from 'valibot';

/** One thing asked of the keychain. */
export interface KeytarRequest {
  /**
   * `read`: the secret; null where there is none.
   * `write`: keeps `secret`.
   * `delete`: takes the entry away, if there is one.
   */
  readonly operation: 'read' | 'write' | 'delete';
  readonly service: string;
  readonly account: string;
  readonly secret?: string;
}

export interface KeytarOptions {
  readonly timeoutMs: number;
  /** The environment that names the person's session (Linux: DBUS_SESSION_BUS_ADDRESS); of this process unless given. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export type KeytarAnswer =
  | { readonly kind: 'value'; readonly value: string | null }
  /** The keychain's own words. */
  | { readonly kind: 'error'; readonly text: string }
  /** The keychain waits for the person. */
  | { readonly kind: 'no-answer' };

const SECRET_MAX_CHARS = 1_000;
const ANSWER_MAX_BYTES = 64 * 1024;

const Answer = v.variant('kind', [
  v.object({ kind: v.literal('value'), value: v.nullable(v.string()) }),
  v.object({ kind: v.literal('error'), text: v.string() }),
]);

/**
 * Asks keytar in a process of its own, that is ended after `timeoutMs`.
 *
 * A call that waits for the person can not be cancelled: it holds a thread of Node's pool, and Node joins its threads
 * before it exits (uv_library_shutdown), so that a program with a locked keychain would say so and then hang until
 * somebody answers. Four such calls would leave it without threads for files. Request and answer go through pipes.
 */
export async function askKeytar(request: KeytarRequest, options: KeytarOptions): Promise<KeytarAnswer> {
  const path = locateKeytar();
  if (path === null) return { kind: 'error', text: 'Failed to load keytar: the package is not installed.' };
  const child = spawn(process.execPath, ['--eval', PROGRAM, path], {
    ...(options.env === undefined ? {} : { env: options.env }),
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', kill);
  const answer = Promise.withResolvers<KeytarAnswer>();
  const timer = setTimeout(() => {
    answer.resolve({ kind: 'no-answer' });
    kill();
  }, options.timeoutMs);

  const chunks: Buffer[] = [];
  let received = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received <= ANSWER_MAX_BYTES) chunks.push(chunk);
  });
  child.on('error', (error) => {
    answer.resolve({ kind: 'error', text: error.message });
  });
  child.on('close', () => {
    answer.resolve(parseAnswer(Buffer.concat(chunks).toString('utf8')));
  });
  // A process that could not start reads nothing; `error` and `close` tell.
  child.stdin.on('error', () => undefined);
  child.stdin.end(JSON.stringify(request));
  try {
    return await answer.promise;
  } finally {
    clearTimeout(timer);
    process.off('exit', kill);
  }
}

function locateKeytar(): string | null {
  try {
    return createRequire(import.meta.url).resolve('keytar');
  } catch {
    return null;
  }
}

function parseAnswer(text: string): KeytarAnswer {
  try {
    return v.parse(Answer, JSON.parse(text));
  } catch {
    return { kind: 'error', text: 'The access to the keychain ended without an answer.' };
  }
}

/**
 * The program of that process: text, because the bundled agent has no file of its own to run.
 *
 * libsecret answers "nothing found" also for an item that is locked and whose prompt was dismissed, when reading and when
 * deleting (secret_service_lookup and _clear end without an error). Only a keychain that takes a new entry is known to be
 * open; so "nothing" is said only after one was put in and taken out again.
 */
const PROGRAM = `
'use strict';
async function answer({ operation, service, account, secret }) {
  const keytar = require(process.argv[1]);
  if (operation === 'write') {
    await keytar.setPassword(service, account, secret);
    return null;
  }
  const found = await (operation === 'read'
    ? keytar.getPassword(service, account)
    : keytar.deletePassword(service, account));
  if (found === null || found === false) {
    await keytar.setPassword(service, account + '-probe', '-');
    await keytar.deletePassword(service, account + '-probe');
  }
  return operation === 'read' && found !== null ? found.slice(0, ${SECRET_MAX_CHARS}) : null;
}
const chunks = [];
process.stdin.on('data', (chunk) => chunks.push(chunk)).on('end', async () => {
  let result;
  try {
    result = { kind: 'value', value: await answer(JSON.parse(Buffer.concat(chunks).toString('utf8'))) };
  } catch (error) {
    result = { kind: 'error', text: error instanceof Error ? error.message : String(error) };
  }
  process.stdout.write(JSON.stringify(result));
});
`;
