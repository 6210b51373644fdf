import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright';
import * as v from 'valibot';
import { endProgram, hasEnded } from '../harness/child.ts';
import { toAppAddress } from '../host/addresses.ts';
import { createCodec } from '../host/page/codec.ts';
import { ControlMessage } from '../host/control-message.ts';
import { desktopOf } from './desktop.ts';
import type { Application, ElectronModule, StartOptions } from './launch.ts';

const HOST = fileURLToPath(new URL('../host/run.ts', import.meta.url));

/** How the host shows Chromium the pages of the app. */
const OF_THE_APP = /^https:\/\/[^/]*\.endymail-host\.test\//;

/** An app that was asked to quit may finish what it does, for so long. */
const QUIT_LIMIT_MS = 20_000;

const codec = createCodec();

/** Starts an app on the host. Throws with what it printed when it ends before it is ready. */
export async function launchHost(options: StartOptions): Promise<Application> {
  const child = fork(HOST, [options.appFolder, ...options.args], {
    env: options.env,
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => output.push(text));
  }
  const calls = new Calls(child);
  const endpoint = await Promise.race([
    calls.ready,
    once(child, 'exit').then(() => {
      throw new Error(`The app ended with ${child.exitCode ?? 'a signal'} before it was ready.\n${output.join('')}`);
    }),
  ]);
  const browser = await chromium.connectOverCDP(endpoint, { noDefaults: true });
  return hostApplication({ child, calls, browser, output });
}

interface Connection {
  readonly child: ChildProcess;
  readonly calls: Calls;
  readonly browser: Browser;
  readonly output: readonly string[];
}

function hostApplication({ child, calls, browser, output }: Connection): Application {
  const context = (): BrowserContext => {
    const [only] = browser.contexts();
    if (only === undefined) throw new Error('Chromium has ended.');
    return only;
  };
  const evaluate = <R, V>(work: (electron: ElectronModule, value: V) => R | Promise<R>, value?: V): Promise<R> =>
    calls.evaluate(work.toString(), value) as Promise<R>;
  const shown = async (page: Page): Promise<Page> => {
    await page.waitForURL(OF_THE_APP);
    return page;
  };
  return {
    runtime: 'host',
    evaluate,
    firstWindow: async () => shown(context().pages()[0] ?? (await context().waitForEvent('page'))),
    windows: () =>
      context()
        .pages()
        .filter((page) => OF_THE_APP.test(page.url())),
    waitForEvent: async () => shown(await context().waitForEvent('page')),
    addressOf: (page) => toAppAddress(page.url()),
    context,
    process: () => child,
    output: () => output.join(''),
    waitForExit: async () => {
      if (!hasEnded(child)) await once(child, 'exit');
      return child.exitCode;
    },
    close: async () => {
      await endProgram(child, 'SIGTERM', QUIT_LIMIT_MS);
      await browser.close();
    },
    ...desktopOf(evaluate),
  };
}

/** Functions that are run in the host. */
class Calls {
  readonly ready: Promise<string>;
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, PromiseWithResolvers<unknown>>();
  private count = 0;

  constructor(child: ChildProcess) {
    this.child = child;
    const ready = Promise.withResolvers<string>();
    this.ready = ready.promise;
    child.on('message', (given) => {
      const message = v.parse(ControlMessage, given);
      if (message.host === 'ready') {
        ready.resolve(message.endpoint);
        return;
      }
      const call = this.waiting.get(message.id);
      this.waiting.delete(message.id);
      if (message.host === 'result') call?.resolve(codec.decode(message.value));
      else call?.reject(new Error(message.message));
    });
    child.on('exit', () => {
      for (const call of this.waiting.values()) call.reject(new Error('The app has ended.'));
    });
  }

  evaluate(source: string, value: unknown): Promise<unknown> {
    const id = ++this.count;
    const call = Promise.withResolvers<unknown>();
    this.waiting.set(id, call);
    this.child.send({ host: 'evaluate', id, source, value: codec.encode(value) });
    return call.promise;
  }
}
