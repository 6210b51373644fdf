import { spawn } from 'node:child_process';
import * as v from 'valibot';
import { keytarProgram, locateKeytar, type KeytarRequest } from './keytar-service.ts';

/**
 * A program that serves one request as `serveKeytar` does and ends. Where Node itself can not be started (Electron with
 * its `runAsNode` fuse off) it is the application's own executable, with a switch that has it do this and nothing else.
 */
export interface KeytarRunner {
  readonly program: string;
  readonly args: readonly string[];
}

export interface KeytarOptions {
  readonly timeoutMs: number;
  /** The environment that names the person's session (Linux: DBUS_SESSION_BUS_ADDRESS); of this process unless given. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What is started; this Node unless given. */
  readonly runner?: KeytarRunner;
}

export type KeytarAnswer =
  | { readonly kind: 'value'; readonly value: string | null }
  /** The keychain's own words. */
  | { readonly kind: 'error'; readonly text: string }
  /** The keychain waits for the person. */
  | { readonly kind: 'no-answer' };

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
  const { program, args } = options.runner ?? { program: process.execPath, args: ['--eval', keytarProgram(), path] };
  const child = spawn(program, args, {
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
  child.stdin.end(`${JSON.stringify(request)}\n`);
  try {
    return await answer.promise;
  } finally {
    clearTimeout(timer);
    process.off('exit', kill);
  }
}

function parseAnswer(text: string): KeytarAnswer {
  try {
    return v.parse(Answer, JSON.parse(text));
  } catch {
    return { kind: 'error', text: 'The access to the keychain ended without an answer.' };
  }
}
