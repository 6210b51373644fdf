import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { get as httpsGet } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startService, type ServiceOptions } from './start-service.ts';
import { selfSigned } from './own-certificate.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

describe('startService', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'endymail-start-'));
  });
  const programs = new Set<ChildProcess>();
  afterEach(async () => {
    // One that a test waited for in vain must not outlive it.
    for (const program of programs) program.kill('SIGKILL');
    programs.clear();
    await rm(folder, { recursive: true, force: true });
  });

  const faultOf = async (options: Partial<ServiceOptions>): Promise<string> => {
    const started = await startService({ dataFolder: folder, listen: { host: '127.0.0.1', port: 0 }, ...options });
    if (!started.ok) return started.error.kind;
    await started.value.stop();
    return 'started';
  };

  it('[SEC-75] never listens for others without protection', async () => {
    for (const host of ['0.0.0.0', '::', '192.0.2.7']) {
      expect(await faultOf({ listen: { host, port: 0 } })).toBe('exposed');
    }
    expect(await faultOf({ listen: { host: '0.0.0.0', port: 0 }, trustedProxies: ['192.0.2.1'] })).toBe('started');
    expect(await faultOf({})).toBe('started');
  });

  it('[SEC-75] serves TLS 1.3 with its own certificate', async () => {
    const { certificate, key } = selfSigned();
    const listen = { host: '127.0.0.1', port: 0 };
    const started = await startService({ dataFolder: folder, listen, tls: { certificate, key } });
    if (!started.ok) throw new Error(started.error.kind);
    const { url, stop } = started.value;
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const answer = await new Promise<string>((resolve, reject) => {
      const asked = httpsGet(`${url}/.well-known/mesh`, { ca: certificate, agent: false }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => {
          resolve(text);
        });
      });
      asked.on('error', reject);
    });
    expect(JSON.parse(answer)).toMatchObject({ v: 1, api: url });
    await stop();
    expect(await faultOf({ tls: { certificate, key: 'no key' } })).toBe('tls');
  });

  it('says what is in its way, and leaves it as it was', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    expect(await faultOf({ listen: { host: '127.0.0.1', port } })).toBe('port-taken');
    other.close();
    expect(await faultOf({ listen: { host: '127.0.0.1', port: 0 } })).toBe('started');
    const file = join(folder, 'file');
    await writeFile(file, 'a file');
    expect(await faultOf({ dataFolder: file })).toBe('folder');
    const damaged = join(folder, 'damaged');
    await mkdir(damaged);
    await writeFile(join(damaged, 'service-id'), 'no id\n');
    expect(await faultOf({ dataFolder: damaged })).toBe('damaged');
    const foreign = join(folder, 'foreign');
    await mkdir(foreign);
    await writeFile(join(foreign, 'mesh.sqlite'), 'no database, but long enough to be looked at as one'.repeat(100));
    expect(['foreign', 'damaged']).toContain(await faultOf({ dataFolder: foreign }));
    expect(await readFile(join(damaged, 'service-id'), 'utf8')).toBe('no id\n');
  });

  it('keeps what it makes to its owner', async () => {
    const made = join(folder, 'new', 'data');
    expect(await faultOf({ dataFolder: made })).toBe('started');
    expect((await stat(made)).mode & 0o777).toBe(0o700);
    expect((await stat(join(made, 'service-id'))).mode & 0o777).toBe(0o600);
  });

  it('runs as a program with nothing set up, and ends in order at a signal', async () => {
    const program = spawn(process.execPath, [MAIN, '--data', folder], {
      env: { ENDYMAIL_MESH_PORT: '0', ENDYMAIL_MESH_LOG: 'none' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    programs.add(program);
    const [line] = (await once(program.stdout, 'data')) as [Buffer];
    const url = /^The mesh service answers at (http:\/\/127\.0\.0\.1:\d+) and keeps its data in /.exec(
      String(line),
    )?.[1];
    expect((await fetch(`${url ?? ''}/health`)).status).toBe(200);
    const ended = once(program, 'exit');
    program.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  it.each([
    [['--nothing'], {}, 2],
    [['--config', 'no such file'], {}, 2],
    [[], { ENDYMAIL_MESH_HOST: '0.0.0.0', ENDYMAIL_MESH_PORT: '0' }, 1],
  ] as const)('says in a sentence why it does not run: %j %j', async (args, env, code) => {
    const program = spawn(process.execPath, [MAIN, '--data', folder, ...args], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    programs.add(program);
    let said = '';
    program.stderr.on('data', (part: Buffer) => (said += part.toString()));
    expect(await once(program, 'close')).toEqual([code, null]);
    expect(said).toMatch(/\.\n$|'\n$/);
    expect(said).not.toContain('    at ');
  });
});
