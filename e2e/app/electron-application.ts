import { fileURLToPath } from 'node:url';
import { once } from 'node:events';
import { _electron } from 'playwright';
import { hasEnded } from '../harness/child.ts';
import { desktopOf } from './desktop.ts';
import type { Application, StartOptions } from './launch.ts';

/** Loaded by Electron before the app: the person at the desktop. */
const DESKTOP = fileURLToPath(new URL('electron-desktop.cjs', import.meta.url));

/** Starts an app on Electron itself. */
export async function launchElectron(options: StartOptions): Promise<Application> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    args: ['-r', DESKTOP, ...asRoot, options.appFolder, ...options.args],
    env: options.env,
  });
  const child = app.process();
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => output.push(text));
  }
  const evaluate: Application['evaluate'] = (
    work: Parameters<typeof app.evaluate>[0],
    value?: Parameters<typeof app.evaluate>[1],
  ) => app.evaluate(work, value);
  return {
    runtime: 'electron',
    evaluate,
    firstWindow: () => app.firstWindow(),
    windows: () => app.windows(),
    waitForEvent: (event) => app.waitForEvent(event),
    addressOf: (page) => page.url(),
    context: () => app.context(),
    process: () => child,
    output: () => output.join(''),
    waitForExit: async () => {
      if (!hasEnded(child)) await once(child, 'exit');
      return child.exitCode;
    },
    close: () => app.close(),
    ...desktopOf(evaluate),
  };
}
