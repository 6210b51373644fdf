import { createRequire } from 'node:module';
import type * as Keytar from 'keytar';

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

/** Where keytar is on this computer; null where the package is not installed. */
export function locateKeytar(): string | null {
  try {
    return createRequire(import.meta.url).resolve('keytar');
  } catch {
    return null;
  }
}

/**
 * Serves one request: a line of JSON on stdin, the answer as JSON on stdout (`KeytarAnswer`). Resolves when it is
 * answered; then whoever called ends the process. This is all that a program does that was started as a `KeytarRunner`.
 */
export async function serveKeytar(): Promise<void> {
  await serve(createRequire(import.meta.url), locateKeytar() ?? 'keytar');
}

/** The same as a program of its own, for `node --eval`; its one argument is the path of keytar. */
export const keytarProgram = (): string => `(${serve.toString()})(require, process.argv[1]);`;

/**
 * Uses nothing from outside but its arguments: its own text is the program of `keytarProgram`, because the bundled
 * agent has no file that could be run.
 *
 * Reads and writes the descriptors themselves: in a process of Electron on Windows `process.stdin` is empty always and
 * `process.stdout` goes elsewhere. A request ends with its line, since there the end of a pipe is reported in more than
 * one way.
 */
async function serve(require: NodeJS.Require, keytarPath: string): Promise<void> {
  const SECRET_MAX_CHARS = 1_000;
  const fs = process.getBuiltinModule('node:fs');

  function readLine(): string {
    const chunks: Uint8Array[] = [];
    for (;;) {
      const buffer = Buffer.alloc(4_096);
      const length = fs.readSync(0, buffer);
      chunks.push(buffer.subarray(0, length));
      if (length === 0 || buffer.includes(0x0a)) return Buffer.concat(chunks).toString('utf8');
    }
  }

  function parseRequest(line: string): KeytarRequest {
    const { operation, service, account, secret = '' } = JSON.parse(line) as Record<string, unknown>;
    if (
      (operation !== 'read' && operation !== 'write' && operation !== 'delete') ||
      typeof service !== 'string' ||
      typeof account !== 'string' ||
      typeof secret !== 'string'
    ) {
      throw new Error('This request to the keychain is not understood.');
    }
    return { operation, service, account, secret };
  }

  /**
   * libsecret answers "nothing found" also for an item that is locked and whose prompt was dismissed, when reading and
   * when deleting (secret_service_lookup and _clear end without an error). Only a keychain that takes a new entry is
   * known to be open; so "nothing" is said only after one was put in and taken out again.
   */
  async function answer({ operation, service, account, secret = '' }: KeytarRequest): Promise<string | null> {
    const keytar = require(keytarPath) as typeof Keytar;
    if (operation === 'write') {
      await keytar.setPassword(service, account, secret);
      return null;
    }
    const found = await (operation === 'read'
      ? keytar.getPassword(service, account)
      : keytar.deletePassword(service, account));
    if (found === null || found === false) {
      await keytar.setPassword(service, `${account}-probe`, '-');
      await keytar.deletePassword(service, `${account}-probe`);
    }
    return typeof found === 'string' ? found.slice(0, SECRET_MAX_CHARS) : null;
  }

  let result: object;
  try {
    result = { kind: 'value', value: await answer(parseRequest(readLine())) };
  } catch (error) {
    result = { kind: 'error', text: error instanceof Error ? error.message : String(error) };
  }
  fs.writeSync(1, JSON.stringify(result));
}
