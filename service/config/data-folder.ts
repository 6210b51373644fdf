import { posix, win32 } from 'node:path';

/** Where a service keeps its data unless told otherwise: what each platform sets apart for a program's own data. */
export function defaultDataFolder(
  platform: string,
  homeFolder: string,
  env: Readonly<Record<string, string | undefined>>,
): string {
  if (platform === 'win32') {
    return win32.join(env['LOCALAPPDATA'] ?? win32.join(homeFolder, 'AppData', 'Local'), 'Endymail Mesh');
  }
  if (platform === 'darwin') return posix.join(homeFolder, 'Library', 'Application Support', 'Endymail Mesh');
  // XDG Base Directory Specification: a relative path is invalid and is ignored.
  const dataHome = env['XDG_DATA_HOME'];
  const base = dataHome !== undefined && posix.isAbsolute(dataHome) ? dataHome : posix.join(homeFolder, '.local/share');
  return posix.join(base, 'endymail-mesh');
}
