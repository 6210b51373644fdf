import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseAccountName } from '@endymail/shared/mesh-api';
import { valueOf, codeOf } from '../testing/world.ts';
import { createEmbedded } from './embedded.ts';
import { findService } from './find-service.ts';
import type { Hosting } from './hosting.ts';
import { createServiceClient, type ServiceAddress } from './service-client.ts';
import { tcpServer } from './testing/servers.ts';

let parent: string;
let folder: string;
let hosting: Hosting;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'endymail-here-'));
  folder = join(parent, 'service');
  hosting = createEmbedded(folder);
});

afterEach(async () => {
  await hosting.stop();
  rmSync(parent, { recursive: true, force: true });
});

const isThere = async (service: ServiceAddress): Promise<boolean> =>
  (await createServiceClient({ service, key: null, now: () => new Date() }).health({})).ok;

it('[SEC-118] is there for this computer alone until others may reach it, and proves itself by a key of its own', async () => {
  const service = valueOf(await hosting.run());
  expect(service.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  expect(await isThere(service)).toBe(true);
  expect(await hosting.places()).toEqual([]);
  valueOf(await hosting.setReachable(true));
  const [place] = await hosting.places();
  const found = valueOf(await findService(valueOf(parseAccountName(`alice@${place ?? ''}`))));
  expect(found).toMatchObject({ service: { id: service.id, pin: service.pin }, isPinnedNow: true });
  valueOf(await hosting.setReachable(false));
  expect(await isThere(service)).toBe(true);
});

it('[SEC-118] keeps its key where only its owner reads it', async () => {
  valueOf(await hosting.run());
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'hosting.json')).mode & 0o777).toBe(0o600);
});

it('is the same service at the same port when it runs again, and runs by itself for who calls it', async () => {
  const service = valueOf(await hosting.run());
  await hosting.stop();
  expect(hosting.isIdle()).toBe(true);
  expect(await isThere(service)).toBe(false);
  hosting = createEmbedded(folder);
  valueOf(await hosting.runFor({ ...service, pin: null }));
  expect(hosting.isIdle()).toBe(true);
  valueOf(await hosting.runFor(service));
  expect(await isThere(service)).toBe(true);
  expect(valueOf(await hosting.run())).toEqual(service);
});

it('leaves no service where none was made', async () => {
  expect(codeOf(await hosting.setReachable(true))).toBe('account-not-here');
  expect(() => readFileSync(join(folder, 'hosting.json'))).toThrow('ENOENT');
});

it('says that another program has its port', async () => {
  const service = valueOf(await hosting.run());
  await hosting.stop();
  await using taken = await tcpServer((socket) => socket.destroy(), Number(new URL(service.url).port));
  expect(taken.port).toBe(Number(new URL(service.url).port));
  expect(await hosting.run()).toMatchObject({ ok: false, error: { code: 'here-failed' } });
});
