import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseServiceIdText } from '@endymail/shared/mesh-api';
import { verifyFolder } from './operating/verify.ts';
import { openWorld } from './testing/world.ts';

/**
 * What a service of version 0.1.0 kept, whose database is version 1: `alice` with two devices, one of them removed, three
 * entries, and a device that asks to join. It stays as it is when a later version of the database comes.
 */
const KEPT = new URL('./store/testing/version-1.sqlite.gz', import.meta.url);
const SERVICE_ID = 'Y4BOnwoOqMRoUsFLHcQNqw';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'endymail-before-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

it('what a service kept before is there, right in every part, and used on', async () => {
  const data = join(folder, 'data');
  await mkdir(data);
  await writeFile(join(data, 'mesh.sqlite'), gunzipSync(await readFile(KEPT)));
  await writeFile(join(data, 'service-id'), `${SERVICE_ID}\n`);
  const whole = { ok: true, value: { accounts: 1, links: 3, entries: 3, findings: [] } };
  expect(await verifyFolder(data)).toMatchObject(whole);
  const world = await openWorld({ dataFolder: data });
  expect(world.service.service).toBe(parseServiceIdText(SERVICE_ID));
  const account = await world.client(null).accountOf({ name: 'alice' });
  if (!account.ok) throw new Error('The account is not there');
  const chain = await world.client(null).readChain({ account: account.value, from: 0 });
  expect(chain.ok && chain.value.links.length).toBe(3);
  expect((await world.service.gauges()).totals).toMatchObject({ accounts: 1, entries: 3 });
  await world.dispose();
  expect(await verifyFolder(data)).toMatchObject(whole);
});
