import { fork, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { knownOptions, notOffered, strict, StrictEmitter } from '../strict.ts';

type Stdio = 'pipe' | 'ignore' | 'inherit';

interface ForkOptions {
  readonly serviceName?: string;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly execArgv?: readonly string[];
  readonly stdio?: Stdio | readonly Stdio[];
}

const CHILD = new URL('../utility-child.ts', import.meta.url).href;

/** A process of Electron's without a window: here another Node. */
class HostUtilityProcess extends StrictEmitter {
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  private readonly child: ChildProcess;
  private isRunning = false;

  constructor(child: ChildProcess) {
    super('a utility process', ['spawn', 'exit', 'message', 'error']);
    this.child = child;
    this.stdout = child.stdout;
    this.stderr = child.stderr;
    child.on('spawn', () => {
      this.isRunning = true;
      this.emit('spawn');
    });
    child.on('message', (message) => this.emit('message', message));
    child.on('exit', (code, signal) => {
      this.isRunning = false;
      // Electron has no signal: what was killed ended with the number of it.
      this.emit('exit', code ?? (signal === null ? 1 : 15));
    });
    child.on('error', (error) => this.emit('error', 'FatalError', error.message, ''));
  }

  /** Known from when it has started until it ends. */
  get pid(): number | undefined {
    return this.isRunning ? this.child.pid : undefined;
  }

  postMessage(message: unknown): void {
    // Structured clone is Node's own here (`serialization: 'advanced'`).
    this.child.send(message as object);
  }

  kill(): boolean {
    return this.child.kill();
  }
}

/** Electron's `utilityProcess`. */
export const utilityProcess = strict('utilityProcess', {
  fork(modulePath: string, args: readonly string[] = [], options: ForkOptions = {}): HostUtilityProcess {
    const {
      cwd,
      env,
      stdio = 'inherit',
      execArgv = [],
    } = knownOptions('utilityProcess.fork', options, ['serviceName', 'cwd', 'env', 'execArgv', 'stdio']);
    if (execArgv.length > 0) throw notOffered('utilityProcess.fork with execArgv');
    const [input = 'ignore', output = 'inherit', errors = 'inherit'] =
      typeof stdio === 'string' ? ['ignore', stdio, stdio] : stdio;
    if (input !== 'ignore') throw notOffered('utilityProcess.fork with stdin');
    const child = fork(modulePath, args, {
      cwd,
      env: env ?? process.env,
      execArgv: [`--import=${CHILD}`],
      serialization: 'advanced',
      stdio: ['ignore', output, errors, 'ipc'],
    });
    return new HostUtilityProcess(child);
  },
});
