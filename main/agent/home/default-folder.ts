import { posix, win32 } from 'node:path';
import type { System } from '../system.ts';

/** Where Endymail keeps its data unless told otherwise: what each platform sets apart for a program's own data. */
export function defaultHomeFolder({ platform, homeDir, env }: System): string {
  // Local, not Roaming: the data belongs to the mail clients of this one computer.
  if (platform === 'win32') {
    return win32.join(env['LOCALAPPDATA'] ?? win32.join(homeDir, 'AppData', 'Local'), 'Endymail');
  }
  if (platform === 'darwin') return posix.join(homeDir, 'Library', 'Application Support', 'Endymail');
  // XDG Base Directory Specification: a relative path is invalid and is ignored.
  const dataHome = env['XDG_DATA_HOME'];
  const base = dataHome !== undefined && posix.isAbsolute(dataHome) ? dataHome : posix.join(homeDir, '.local/share');
  return posix.join(base, 'endymail');
}
