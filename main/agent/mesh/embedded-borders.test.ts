import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { valueOf } from '../testing/world.ts';
import { createEmbedded } from './embedded.ts';
import type { Hosting } from './hosting.ts';

let parent: string;
let folder: string;
let hosting: Hosting;
let port: number;

beforeEach(async () => {
  parent = mkdtempSync(join(tmpdir(), 'endymail-here-'));
  folder = join(parent, 'service');
  hosting = createEmbedded(folder);
  port = Number(new URL(valueOf(await hosting.run()).url).port);
});

afterEach(async () => {
  await hosting.stop();
  rmSync(parent, { recursive: true, force: true });
});

/** Asks whether the service is there, as a browser would that accepted its certificate. */
const asks = (headers: Readonly<Record<string, string>>, path = '/health'): Promise<number> =>
  new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, headers, rejectUnauthorized: false, agent: false };
    request(options, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });

describe.each([false, true])('the service of this computer, reachable for others: %s', (isReachable) => {
  beforeEach(async () => {
    if (isReachable) valueOf(await hosting.setReachable(true));
  });

  it('[SEC-74] answers no page that was led here under another name', async () => {
    expect(await asks({ host: `127.0.0.1:${String(port)}` })).toBe(200);
    for (const host of ['evil.example', `evil.example:${String(port)}`, '0.0.0.0', `0.0.0.0:${String(port)}`, '[::]']) {
      for (const path of ['/health', '/.well-known/mesh', '/v1/watch', '/']) {
        expect(await asks({ host }, path), `${host}${path}`).toBe(421);
      }
    }
  });

  it('[SEC-74] answers no page of another place, nor one of another program on this computer', async () => {
    const host = `127.0.0.1:${String(port)}`;
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1', `http://${host}`, 'app://endymail']) {
      expect(await asks({ host, origin }), origin).toBe(403);
    }
    expect(await asks({ host, 'sec-fetch-site': 'cross-site' })).toBe(403);
  });
});

it('[SEC-118] keeps nothing that others can read', () => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) {
    const { mode } = statSync(join(file.parentPath, file.name));
    expect(`${file.name} ${(mode & 0o077).toString(8)}`).toBe(`${file.name} 0`);
  }
});
