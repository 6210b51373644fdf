import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { codeOf, valueOf } from '../testing/world.ts';
import { chooseSocket, readEndpoint, servingLayoutOf, writeEndpoint, type ServingLayout } from './endpoint.ts';
import { SERVING_LIMITS } from './limits.ts';
import { newToken } from './proof.ts';

const token = newToken();

let root: string;
let layout: ServingLayout;
let socket: string;
let server: Server;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'endymail-endpoint-'));
  layout = servingLayoutOf(join(root, 'home'));
  mkdirSync(layout.folder, { recursive: true, mode: 0o700 });
  socket = valueOf(await chooseSocket(layout, { platform: 'linux', env: {} }));
  server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(socket, resolve);
  });
  valueOf(await writeEndpoint(layout, { socket, token }));
});
afterEach(() => {
  server.close();
  rmSync(root, { recursive: true });
});

describe('what a serving agent has written', () => {
  it('[SEC-35] is its owner’s alone, and is read back', async () => {
    expect(statSync(layout.endpoint).mode & 0o777).toBe(0o600);
    const endpoint = await readEndpoint(layout);
    expect(endpoint?.token.reveal()).toEqual(token.reveal());
    expect(endpoint?.socket).toBe(socket);
  });

  const link = (path: string): void => {
    renameSync(path, `${path}-elsewhere`);
    symlinkSync(`${path}-elsewhere`, path);
  };
  const change = (replace: (stored: Record<string, unknown>) => Record<string, unknown>): void => {
    const stored = JSON.parse(readFileSync(layout.endpoint, 'utf8')) as Record<string, unknown>;
    writeFileSync(layout.endpoint, JSON.stringify(replace(stored)));
  };
  it.each([
    [
      'the file is open to others',
      () => {
        chmodSync(layout.endpoint, 0o640);
      },
    ],
    [
      'the folder is open to others',
      () => {
        chmodSync(layout.folder, 0o750);
      },
    ],
    [
      'the file is a link',
      () => {
        link(layout.endpoint);
      },
    ],
    [
      'the folder is a link',
      () => {
        link(layout.folder);
      },
    ],
    [
      'the socket is a link',
      () => {
        link(socket);
      },
    ],
    [
      'there is no file',
      () => {
        rmSync(layout.endpoint);
      },
    ],
    [
      'there is no socket',
      () => {
        rmSync(socket);
      },
    ],
    [
      'the file is too long',
      () => {
        writeFileSync(layout.endpoint, ' '.repeat(5_000));
      },
    ],
    [
      'the file is no JSON',
      () => {
        writeFileSync(layout.endpoint, '{');
      },
    ],
    [
      'the token is short',
      () => {
        change((stored) => ({ ...stored, token: 'AAAA' }));
      },
    ],
    [
      'the version is newer',
      () => {
        change((stored) => ({ ...stored, version: 2 }));
      },
    ],
    [
      'the socket is a file',
      () => {
        change((stored) => ({ ...stored, socket: layout.endpoint }));
      },
    ],
    [
      'the socket is in a folder open to others',
      () => {
        change((stored) => ({ ...stored, socket: join(root, 'x', 's') }));
      },
    ],
  ])('[SEC-35] is not used when %s', async (what, spoil) => {
    if (what.includes('in a folder')) {
      mkdirSync(join(root, 'x'));
      chmodSync(join(root, 'x'), 0o755);
      renameSync(socket, join(root, 'x', 's'));
    }
    spoil();
    expect(await readEndpoint(layout)).toBeNull();
  });

  it('[SEC-35] is not used when it is somebody else’s', async () => {
    vi.spyOn(process, 'getuid').mockReturnValue(statSync(layout.folder).uid + 1);
    expect(await readEndpoint(layout)).toBeNull();
    vi.restoreAllMocks();
    expect(await readEndpoint(layout)).not.toBeNull();
  });
});

describe('a home whose path is too long for a socket', () => {
  const far = (): ServingLayout => servingLayoutOf(join(root, 'x'.repeat(SERVING_LIMITS.socketPathMaxBytes)));

  it('[SEC-35] has it in a private folder of the session', async () => {
    const env = { XDG_RUNTIME_DIR: root };
    const folderOf = async (of: ServingLayout) => dirname(valueOf(await chooseSocket(of, { platform: 'linux', env })));
    const folder = await folderOf(far());
    expect(dirname(folder)).toBe(root);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const path = valueOf(await chooseSocket(far(), { platform: 'linux', env }));
    expect(Buffer.byteLength(path)).toBeLessThanOrEqual(SERVING_LIMITS.socketPathMaxBytes);
    // The same one again, and another one for another home.
    expect(dirname(path)).toBe(folder);
    const other = servingLayoutOf(join(root, 'y'.repeat(SERVING_LIMITS.socketPathMaxBytes)));
    expect(await folderOf(other)).not.toBe(folder);
  });

  it('[SEC-35] takes no folder that others can get into, and no link', async () => {
    const env = { XDG_RUNTIME_DIR: root };
    const folder = dirname(valueOf(await chooseSocket(far(), { platform: 'linux', env })));
    chmodSync(folder, 0o770);
    expect(codeOf(await chooseSocket(far(), { platform: 'linux', env }))).toBe('home-unwritable');
    rmSync(folder, { recursive: true });
    symlinkSync(root, folder);
    expect(codeOf(await chooseSocket(far(), { platform: 'linux', env }))).toBe('home-unwritable');
  });
});

it('on Windows it is a pipe whose name nobody can know before', async () => {
  const names = [1, 2].map(() => chooseSocket(layout, { platform: 'win32', env: {} }));
  const [one, other] = await Promise.all(names);
  expect(one && valueOf(one)).toMatch(/^\\\\\.\\pipe\\endymail-[0-9a-f]{32}-[0-9a-f]{32}$/);
  expect(one).not.toEqual(other);
});
