import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { once } from 'node:events';
import { MESH_API, MESH_WATCH, serviceIdText, targetOf } from '@endymail/shared/mesh-api';
import { accountIdBytes, keyIdBytes, sequenceIdBytes, toBase64Url, utf8 } from '@endymail/shared/sealing';
import { createJournal, whereOf } from './http/journal.ts';
import { addDevice, entriesOf, openWorld, sequenceOf, settle } from './testing/world.ts';

describe('the journal of the service', () => {
  it('[SEC-77] says what was done and how it went, and never whose it was', async () => {
    const lines: string[] = [];
    const world = await openWorld({ journal: createJournal((line) => lines.push(line)) });
    const alice = await settle(world, 'alice-of-the-story');
    const device = await addDevice(world, alice);
    const { account, key } = alice;
    const mesh = world.client(key);
    const sequence = sequenceOf(alice, 1);
    const { expected, entries } = await entriesOf(alice, sequence, key, [utf8('one')]);
    await mesh.appendEntries({ account, sequence, body: { expected, entries } });
    await mesh.appendEntries({ account, sequence, body: { expected, entries } });
    await mesh.readEntries({ account, sequence, from: 0 });
    await mesh.readHeads({ account });
    await world.client(null).accountOf({ name: 'alice-of-the-story' });
    await world.client(null).accountOf({ name: 'bob-of-the-story' });
    await world.send({ method: 'GET', target: '/v1/alice-of-the-story?alice-of-the-story' });
    await world.send({ method: 'GET', target: '/health', headers: { host: 'alice-of-the-story.example' } });
    await world.send({ method: 'GET', target: '/v1/names/%E0alice-of-the-story' });
    const target = targetOf(MESH_WATCH, { account });
    const { headers } = await world.sign({ method: 'GET', target }, key);
    const socket = new WebSocket(`${world.service.url.replace('http', 'ws')}${target}`, { headers: { ...headers } });
    await once(socket, 'open');
    socket.terminate();
    await world.dispose();

    const text = lines.join('');
    const secret = [
      'of-the-story',
      account,
      toBase64Url(accountIdBytes(account)),
      sequence,
      toBase64Url(sequenceIdBytes(sequence)),
      key.id,
      toBase64Url(keyIdBytes(key.id)),
      device.signing.id,
      world.service.service,
      serviceIdText(world.service.service),
      '127.0.0.1',
      'http:',
    ];
    for (const part of secret) expect(text).not.toContain(part);
    const records = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const seen = records.map(({ event, method, route, status, code }) => [event, method, route, status, code]);
    expect(seen).toContainEqual(['request', 'POST', MESH_API.appendEntries.path, 409, 'sequence-moved']);
    expect(seen).toContainEqual(['request', 'GET', MESH_API.accountOf.path, 404, 'name-unknown']);
    expect(seen).toContainEqual(['request', 'GET', null, 404, 'route-unknown']);
    expect(seen).toContainEqual(['request', 'GET', MESH_API.health.path, 421, 'host-refused']);
    expect(seen).toContainEqual(['request', 'GET', MESH_WATCH.path, 101, null]);
    expect(records.map(({ event }) => event).filter((event) => event !== 'request')).toEqual([
      'started',
      'stopping',
      'stopped',
    ]);
    expect(new Set(records.flatMap((record) => Object.keys(record)))).toEqual(
      new Set(['time', 'event', 'route', 'method', 'status', 'code', 'durationMs']),
    );
  });

  it('[SEC-77] says where a mistake showed, and not what it says', () => {
    const where = whereOf(new TypeError('alice@example.test did something\n    of two lines'));
    expect(where).toMatch(/^TypeError\nat .*journal\.test\.ts/);
    expect(where).not.toContain('alice');
    expect(whereOf('alice')).toBe('string');
  });
});
