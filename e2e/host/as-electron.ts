import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import * as v from 'valibot';
import { startHost, type HostSettings } from './electron/host.ts';

const ELECTRON = new URL('./electron/index.ts', import.meta.url).href;
const MANIFEST = new URL('../../node_modules/electron/package.json', import.meta.url);

/** Makes this process what Electron's main process is for an app: `import … from 'electron'` gives it the host. */
export function becomeElectron(appFolder: string, visible: boolean): HostSettings {
  const settings = startHost(appFolder, visible);
  const { version } = v.parse(v.object({ version: v.string() }), JSON.parse(readFileSync(MANIFEST, 'utf8')));
  Object.defineProperty(process.versions, 'electron', { value: version, enumerable: true });
  Object.defineProperty(process, 'type', { value: 'browser' });
  Object.defineProperty(process, 'defaultApp', { value: true });
  Object.defineProperty(process, 'resourcesPath', { value: appFolder });
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'electron'
        ? { url: ELECTRON, format: 'module-typescript', shortCircuit: true }
        : next(specifier, context),
  });
  return settings;
}
