import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';

/** Opens an address, or the folder that a file is in, with the person's own program for it. Rejects where none starts. */
export async function openOnDesktop(target: string, kind: 'address' | 'folder' = 'address'): Promise<void> {
  const opened = kind === 'folder' ? dirname(target) : target;
  const [program, args] = opener(opened);
  const child = spawn(program, args, { detached: true, stdio: 'ignore' });
  await once(child, 'spawn');
  child.unref();
}

function opener(target: string): readonly [program: string, args: readonly string[]] {
  if (process.platform === 'win32') return ['rundll32.exe', ['url.dll,FileProtocolHandler', target]];
  return [process.platform === 'darwin' ? 'open' : 'xdg-open', [target]];
}
