import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { notOffered } from '../strict.ts';
import { commandLineSwitch } from './host.ts';

/** The folders that the app can ask for, and set. */
export class AppPaths {
  private readonly own = new Map<string, string>();

  set(name: string, path: string): void {
    this.get(name, '');
    this.own.set(name, path);
  }

  /** As Electron answers for an app of this name. */
  get(name: string, appName: string): string {
    const own = this.own.get(name);
    if (own !== undefined) return own;
    switch (name) {
      case 'home':
        return homedir();
      case 'appData':
        return appData();
      case 'userData':
        return commandLineSwitch('user-data-dir') ?? join(this.get('appData', appName), appName);
      case 'sessionData':
        return this.get('userData', appName);
      case 'temp':
        return tmpdir();
      case 'exe':
        return process.execPath;
      case 'logs':
        return join(this.get('userData', appName), 'logs');
      case 'downloads':
      case 'documents':
      case 'desktop':
        return join(homedir(), `${name.charAt(0).toUpperCase()}${name.slice(1)}`);
      default:
        throw notOffered(`app.getPath('${name}')`);
    }
  }
}

function appData(): string {
  if (process.platform === 'win32') return process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  return process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config');
}
