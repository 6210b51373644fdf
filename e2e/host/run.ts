import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { becomeElectron } from './as-electron.ts';

/**
 * The host: runs an app that is built for Electron on Node and the system's Chromium.
 *
 *     node e2e/host/run.ts [--visible] <folder of the app> [parameters of the app]
 *
 * With `--visible` a person sees its windows; without, a test does what a person would (control-channel.ts).
 */
const [node = '', , ...given] = process.argv;
const visible = given[0] === '--visible';
const [folder = '.', ...parameters] = visible ? given.slice(1) : given;
const appFolder = resolve(folder);
// As Electron has it: the program, what it was started on, the parameters.
process.argv = [node, appFolder, ...parameters];
const { main } = becomeElectron(appFolder, visible);
process.env['ENDYMAIL_HOST_APP'] = appFolder;
const inChildren = `--import=${new URL('./in-children.ts', import.meta.url).href}`;
process.env['NODE_OPTIONS'] = `${process.env['NODE_OPTIONS'] ?? ''} ${inChildren}`.trim();

const { app } = await import('./electron/app.ts');
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    app.quit();
  });
}
if (!visible) {
  const { installDesktopControl } = await import('./desktop-control.ts');
  installDesktopControl();
}
await import(pathToFileURL(join(appFolder, main)).href);
if (!visible) {
  const { sharedBrowser } = await import('./electron/browsers.ts');
  const { openControlChannel } = await import('./control-channel.ts');
  const { endpoint } = await sharedBrowser(app.getPath('userData'));
  openControlChannel(endpoint ?? '');
}
app.becomeReady();
