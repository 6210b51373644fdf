import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { MESH_WATCH, targetOf } from '@endymail/shared/mesh-api';
import { accountIdBytes, sequenceIdBytes, toBase64Url, utf8 } from '@endymail/shared/sealing';
import { entriesOf, openWorld, sequenceOf, settle } from '../testing/world.ts';
import { createMetrics } from './metrics.ts';
import { listenForMetrics } from './metrics-listener.ts';

const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-z_][a-z0-9_]*="[^"\\\n]*",?)*)\})? (\S+)$/;

/** The samples of the text format 0.0.4, by name and labels. Throws on a line that is none. */
function samplesIn(text: string): ReadonlyMap<string, number> {
  const types = new Map<string, string>();
  const samples = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [, name = '', type = ''] = /^# TYPE (\S+) (counter|gauge|histogram|summary)$/.exec(line) ?? [];
    if (type !== '') types.set(name, type);
    if (line === '' || line.startsWith('# ')) continue;
    const [, sample = '', labels = '', value = ''] = SAMPLE.exec(line) ?? [];
    const family = types.has(sample) ? sample : sample.replace(/_(bucket|sum|count)$/, '');
    if (!types.has(family) || Number.isNaN(Number(value))) throw new Error(`No sample: ${line}`);
    samples.set(labels === '' ? sample : `${sample}{${labels}}`, Number(value));
  }
  return samples;
}

describe('metrics', () => {
  it('[SEC-142] say how much and how fast, and never whose it was', async () => {
    const metrics = createMetrics();
    const world = await openWorld({ journal: metrics.journal, onCommit: metrics.onCommit });
    const listening = await listenForMetrics(metrics, world.service.gauges, { host: '127.0.0.1', port: 0 });
    if (!listening.ok) throw new Error(listening.error);
    const at = `http://127.0.0.1:${listening.value.port}`;
    const alice = await settle(world, 'alice-of-the-story');
    const { account, key } = alice;
    const sequence = sequenceOf(alice, 1);
    const { expected, entries } = await entriesOf(alice, sequence, key, [utf8('one'), utf8('two')]);
    await world.client(key).appendEntries({ account, sequence, body: { expected, entries } });
    await world.client(key).appendEntries({ account, sequence, body: { expected, entries } });
    await world.client(null).accountOf({ name: 'bob-of-the-story' });
    await world.send({ method: 'GET', target: '/v1/alice-of-the-story?alice-of-the-story' });
    const target = targetOf(MESH_WATCH, { account });
    const { headers } = await world.sign({ method: 'GET', target }, key);
    const socket = new WebSocket(`${world.service.url.replace('http', 'ws')}${target}`, { headers: { ...headers } });
    await once(socket, 'open');

    const answer = await fetch(`${at}/metrics`);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const text = await answer.text();
    const samples = samplesIn(text);
    const counted = (call: string, status: number, code: string): number | undefined =>
      samples.get(`endymail_mesh_requests_total{call="${call}",status="${status}",code="${code}"}`);
    expect(counted('createAccount', 200, 'none')).toBe(1);
    expect(counted('appendEntries', 200, 'none')).toBe(1);
    expect(counted('appendEntries', 409, 'sequence-moved')).toBe(1);
    expect(counted('accountOf', 404, 'name-unknown')).toBe(1);
    expect(counted('none', 404, 'route-unknown')).toBe(1);
    expect(counted('watch', 101, 'none')).toBe(1);
    expect(samples.get('endymail_mesh_request_duration_seconds_count{call="appendEntries"}')).toBe(2);
    expect(samples.get('endymail_mesh_watches')).toBe(1);
    expect(samples.get('endymail_mesh_store_waiting')).toBe(0);
    expect(samples.get('endymail_mesh_store_up')).toBe(1);
    expect(samples.get('endymail_mesh_accounts')).toBe(1);
    expect(samples.get('endymail_mesh_entries')).toBe(2);
    const bytes = [alice.made.link, alice.made.bundle, ...entries].reduce((sum, { length }) => sum + length, 0);
    expect(samples.get('endymail_mesh_account_bytes')).toBe(bytes);
    const commits = samples.get('endymail_mesh_store_commit_duration_seconds_count') ?? 0;
    expect(commits).toBeGreaterThan(0);
    expect(samples.get('endymail_mesh_store_calls_total')).toBeGreaterThanOrEqual(commits);
    expect(samples.get('process_resident_memory_bytes')).toBeGreaterThan(0);
    const ids = [accountIdBytes(account), sequenceIdBytes(sequence)].map(toBase64Url);
    for (const part of ['of-the-story', account, sequence, key.id, ...ids, world.service.service, '127.0.0.1']) {
      expect(text).not.toContain(part);
    }
    for (const path of ['/', '/metrics/', '/health', '/v1/accounts']) expect((await fetch(at + path)).status).toBe(404);
    expect((await fetch(`${at}/metrics`, { method: 'POST' })).status).toBe(404);

    socket.terminate();
    await world.service.stop();
    const after = samplesIn(await (await fetch(`${at}/metrics`)).text());
    expect([after.get('endymail_mesh_store_up'), after.get('endymail_mesh_watches')]).toEqual([0, 0]);
    await listening.value.stop();
    await world.dispose();
  });

  it('[SEC-142] are never told where clients come', async () => {
    const metrics = createMetrics();
    const world = await openWorld({ journal: metrics.journal });
    expect(await world.code({ method: 'GET', target: '/metrics' })).toBe('route-unknown');
    await world.dispose();
  });

  it('[SEC-74] are told to no page, nor under a name that was led to this computer', async () => {
    const gauges = () => Promise.resolve({ watches: 0, waiting: 0, totals: null });
    const listening = await listenForMetrics(createMetrics(), gauges, { host: '127.0.0.1', port: 0 });
    if (!listening.ok) throw new Error(listening.error);
    const { port, stop } = listening.value;
    const statusWith = async (headers: Readonly<Record<string, string>>): Promise<number | undefined> => {
      const asked = request({ host: '127.0.0.1', port, path: '/metrics', headers, agent: false }).end();
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      answer.resume();
      return answer.statusCode;
    };
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) expect(await statusWith({ host })).toBe(200);
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1']) {
      expect(await statusWith({ host }), host).toBe(421);
    }
    expect(await statusWith({ host: `127.0.0.1:${port}`, origin: 'https://evil.example' })).toBe(421);
    await stop();
  });

  it('say why they can not be told', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const gauges = () => Promise.resolve({ watches: 0, waiting: 0, totals: null });
    const listening = await listenForMetrics(createMetrics(), gauges, { host: '127.0.0.1', port });
    expect(listening).toEqual({ ok: false, error: 'EADDRINUSE' });
    other.close();
  });
});
