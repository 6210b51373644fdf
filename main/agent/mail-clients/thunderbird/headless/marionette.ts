import { connect, type Socket } from 'node:net';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { createFrameReader, frame } from './marionette-frames.ts';

/**
 * A client of Marionette, the remote control inside every Thunderbird (protocol 3: remote/marionette/{server,packets,
 * message}.sys.mjs), just large enough to run JavaScript with the rights of the program itself ("chrome context").
 * Marionette is a local port without authentication: use it for one short run, on a random port, and ask the other side
 * who it is (`PathUtils.profileDir`) before it is given anything.
 */
export interface MarionetteSession {
  /**
   * Runs `body` as the body of an async function. It finds its arguments in `args` and may `return` a JSON value.
   * Errors: `client-run-failed` (the script threw, the connection broke, or `limitMs` passed).
   */
  run(body: string, args?: readonly JsonValue[], limitMs?: number): Promise<Result<unknown, Failure>>;
  /** Asks for an orderly quit; resolves when the program said yes or let go of the connection. It ends a moment later. */
  quit(): Promise<Result<void, Failure>>;
  /** Lets go of the connection; the program goes on. Safe to call more than once. */
  close(): void;
}

export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue };

export interface MarionetteOptions {
  readonly port: number;
  /** From this call to a session that is ready, in milliseconds. The port is tried again and again until then. */
  readonly deadlineMs: number;
  /** Stops the attempts, e.g. when the program has ended before it listened. */
  readonly signal?: AbortSignal;
}

const RETRY_EVERY_MS = 50;
const SCRIPT_LIMIT_MS = 60_000;
const QUIT_LIMIT_MS = 10_000;

/**
 * Connects to a Thunderbird that was started with `--marionette --remote-allow-system-access`.
 * Errors: `client-run-failed` (nobody listened in time, or what listened does not speak Marionette).
 */
export async function connectMarionette(options: MarionetteOptions): Promise<Result<MarionetteSession, Failure>> {
  const deadline = Date.now() + options.deadlineMs;
  let refusal: Failure | null = null;
  for (;;) {
    const socket = await dial(options.port, deadline - Date.now());
    if (socket !== null) {
      const session = await openSession(createConnection(socket), deadline - Date.now());
      if (session.ok) return session;
      // A refusal can be a race with the program's own start (the port listens before sessions are served).
      refusal = session.error;
    }
    if (options.signal?.aborted === true) return err(broken('the program ended before it could be reached'));
    if (Date.now() >= deadline) return err(refusal ?? broken(`nobody listened at port ${options.port} in time`));
    await pause(Math.min(RETRY_EVERY_MS, Math.max(1, deadline - Date.now())));
  }
}

async function openSession(connection: Connection, limitMs: number): Promise<Result<MarionetteSession, Failure>> {
  const until = Date.now() + limitMs;
  const steps: readonly (readonly [string, JsonValue])[] = [
    ['WebDriver:NewSession', { capabilities: { alwaysMatch: { unhandledPromptBehavior: 'ignore' } } }],
    ['Marionette:SetContext', { value: 'chrome' }],
  ];
  const greeting = await connection.greeting(limitMs);
  if (!greeting.ok) {
    connection.close();
    return greeting;
  }
  for (const [command, parameters] of steps) {
    const answer = await connection.send(command, parameters, until - Date.now());
    if (!answer.ok) {
      connection.close();
      return answer;
    }
  }
  return ok({
    run: (body, args = [], limitMs = SCRIPT_LIMIT_MS) => runScript(connection, body, args, limitMs),
    quit: async () => {
      const answer = await connection.send('Marionette:Quit', { flags: ['eAttemptQuit'] }, QUIT_LIMIT_MS);
      const gone = connection.closed();
      connection.close();
      return answer.ok || gone ? ok() : answer;
    },
    close: () => {
      connection.close();
    },
  });
}

async function runScript(
  connection: Connection,
  body: string,
  args: readonly JsonValue[],
  limitMs: number,
): Promise<Result<unknown, Failure>> {
  const until = Date.now() + limitMs;
  const limits = await connection.send('WebDriver:SetTimeouts', { script: limitMs }, limitMs);
  if (!limits.ok) return limits;
  // The outcome travels as {value} or {error}: Marionette itself drops the stack of what an async script throws.
  const script = `
    const finish = arguments[arguments.length - 1];
    const args = Array.prototype.slice.call(arguments, 0, -1);
    (async () => {${body}
    })().then(
      value => finish({ value: value === undefined ? null : value }),
      error => finish({ error: String(error) + "\\n" + ((error && error.stack) || "") }));`;
  const parameters = { script, args, newSandbox: true, sandbox: 'system' };
  const answer = await connection.send('WebDriver:ExecuteAsyncScript', parameters, until - Date.now());
  if (!answer.ok) return answer;
  const outcome = field(answer.value, 'value');
  const error = field(outcome, 'error');
  return error === undefined
    ? ok(field(outcome, 'value'))
    : err(broken(typeof error === 'string' ? error : 'an error without text'));
}

interface Connection {
  /** Resolves when the other side has said that it speaks protocol 3. */
  greeting(limitMs: number): Promise<Result<void, Failure>>;
  send(command: string, parameters: JsonValue, limitMs: number): Promise<Result<unknown, Failure>>;
  closed(): boolean;
  close(): void;
}

/** The id under which the greeting is awaited; commands count from 1. */
const GREETING = 0;

function createConnection(socket: Socket): Connection {
  const waiting = new Map<number, (answer: Result<unknown, Failure>) => void>();
  const early = new Map<number, Result<unknown, Failure>>();
  let lastId = GREETING;
  let end: Failure | null = null;

  const settle = (id: number, answer: Result<unknown, Failure>): void => {
    const waiter = waiting.get(id);
    if (waiter !== undefined) waiter(answer);
    else if (id === GREETING) early.set(id, answer);
  };
  const stop = (why: Failure): void => {
    end ??= why;
    socket.destroy();
    for (const waiter of [...waiting.values()]) waiter(err(why));
  };
  const take = (message: unknown): void => {
    if (!Array.isArray(message)) {
      const version = field(message, 'marionetteProtocol');
      settle(GREETING, version === 3 ? ok() : err(broken(`protocol ${JSON.stringify(version)} is not spoken here`)));
      return;
    }
    // [1, id, error | null, result]: message.sys.mjs, class Response.
    const [kind, id, error, result] = message as readonly unknown[];
    if (kind !== 1 || typeof id !== 'number') stop(broken('an answer that is none'));
    else settle(id, error === null ? ok(result) : err(broken(describeError(error))));
  };
  const reader = createFrameReader();
  socket.on('data', (chunk: Buffer) => {
    const messages = reader.push(chunk);
    if (!messages.ok) stop(broken(messages.error));
    else for (const message of messages.value) take(message);
  });
  socket.on('error', (error) => {
    stop(broken(error.message));
  });
  socket.on('close', () => {
    stop(broken('the connection was closed'));
  });

  const answerTo = (id: number, limitMs: number): Promise<Result<unknown, Failure>> =>
    new Promise((resolve) => {
      const settled = early.get(id);
      if (settled !== undefined || end !== null) {
        resolve(settled ?? err(end ?? broken('the connection was closed')));
        return;
      }
      const done = (answer: Result<unknown, Failure>): void => {
        clearTimeout(timer);
        waiting.delete(id);
        resolve(answer);
      };
      const timer = setTimeout(done, Math.max(1, limitMs), err(broken(`no answer within ${limitMs} ms`)));
      waiting.set(id, done);
    });

  return {
    greeting: async (limitMs) => {
      const answer = await answerTo(GREETING, limitMs);
      return answer.ok ? ok() : answer;
    },
    send: (command, parameters, limitMs) => {
      lastId += 1;
      const answer = answerTo(lastId, limitMs);
      if (end === null) socket.write(frame([0, lastId, command, parameters]));
      return answer;
    },
    closed: () => end !== null,
    close: () => {
      stop(broken('the connection was closed'));
    },
  };
}

/** One attempt to reach the port on this computer; null when nobody listens. */
function dial(port: number, limitMs: number): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const timer = setTimeout(() => socket.destroy(), Math.max(1, limitMs));
    const fail = (): void => {
      resolve(null);
    };
    socket.once('error', fail);
    socket.once('close', fail);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', fail);
      socket.off('close', fail);
      resolve(socket);
    });
  });
}

function describeError(error: unknown): string {
  return `${String(field(error, 'error'))}: ${String(field(error, 'message'))}`;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

const broken = (detail: string): Failure => failure('client-run-failed', undefined, detail);

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
