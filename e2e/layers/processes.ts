import { readFileSync, readdirSync } from 'node:fs';

export interface LeftProcess {
  readonly pid: number;
  /** Its command line, or its name where there is none. */
  readonly command: string;
}

/**
 * The processes that belong to a run of the tests, from Linux's /proc: those with the run's folder in their environment
 * or their command line. Every test's home and temporary folder is inside it, so a program that was started with a
 * bare environment is found as well.
 */
export function processesOfRun(folder: string): readonly LeftProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      const commandLine = read(`/proc/${name}/cmdline`).replaceAll('\0', ' ').trim();
      // A zombie has neither; it only waits for its parent to notice.
      if (!commandLine.includes(folder) && !read(`/proc/${name}/environ`).includes(folder)) return [];
      return [{ pid: Number(name), command: commandLine || read(`/proc/${name}/comm`).trim() }];
    });
}

/** Waits until nothing of the run is left or `limitMs` have passed; returns what is left then. */
export async function waitForQuiet(folder: string, limitMs: number): Promise<readonly LeftProcess[]> {
  const deadline = performance.now() + limitMs;
  let left = processesOfRun(folder);
  while (left.length > 0 && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    left = processesOfRun(folder);
  }
  return left;
}

/** Ends what was found, so that one failed run does not spoil the next. */
export function endProcesses(left: readonly LeftProcess[]): void {
  for (const { pid } of left) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
}

/** Empty for a process that has gone in the meantime or belongs to somebody else. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
