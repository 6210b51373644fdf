import { expect, it } from 'vitest';
import { parseAccountName } from '@endymail/shared/mesh-api';
import { MESH_LIMITS } from './limits.ts';
import type { Announced, Names } from './names.ts';
import { originsOf } from './origins.ts';

const PUBLIC = '93.184.215.14';

const at = (name: string, change: Partial<Announced> = {}): Announced => ({
  name,
  port: 4_433,
  priority: 0,
  weight: 0,
  ...change,
});

async function origins(name: string, records: readonly Announced[] = [], addresses: Names['addresses'] = everywhere) {
  const asked: string[] = [];
  const parsed = parseAccountName(name);
  if (!parsed.ok) throw new Error(name);
  const services = (domain: string) => {
    asked.push(domain);
    return Promise.resolve(records);
  };
  const found = await originsOf(parsed.value, { services, addresses });
  return { found: found.map(({ origin }) => origin), asked };
}

const everywhere: Names['addresses'] = () => Promise.resolve([PUBLIC]);

it('looks where DNS says, then at the name, then on the own port', async () => {
  const records = [
    at('last.example.net', { priority: 20 }),
    at('second.example.net', { weight: 1 }),
    at('first.example.net', { weight: 5, port: 443 }),
  ];
  expect(await origins('alice@example.org', records)).toEqual({
    found: [
      'https://first.example.net',
      'https://second.example.net:4433',
      'https://last.example.net:4433',
      'https://example.org',
      'https://example.org:4433',
    ],
    asked: ['example.org'],
  });
});

it('looks nowhere else where the name says a port', async () => {
  const records = [at('elsewhere.example.net')];
  expect(await origins('alice@example.org:8443', records)).toEqual({ found: ['https://example.org:8443'], asked: [] });
  expect((await origins('alice@192.0.2.7:8443', records)).found).toEqual(['https://192.0.2.7:8443']);
});

it('asks DNS for no address', async () => {
  for (const host of ['192.0.2.7', '[2001:db8::7]']) {
    const { found, asked } = await origins(`alice@${host}`, [at('elsewhere.example.net')]);
    expect(found).toEqual([`https://${host}`, `https://${host}:4433`]);
    expect(asked).toEqual([]);
  }
});

it('speaks plain HTTP with this computer alone', async () => {
  for (const host of ['localhost', '127.0.0.1', '[::1]']) {
    const { found, asked } = await origins(`alice@${host}`);
    expect(found).toEqual([`http://${host}:4433`, `https://${host}`, `https://${host}:4433`]);
    expect(asked).toEqual([]);
    expect((await origins(`alice@${host}:8443`)).found).toEqual([`https://${host}:8443`, `http://${host}:8443`]);
  }
  expect((await origins('alice@example.org', [at('mesh.example.net')])).found.join()).not.toContain('http://');
});

it('[SEC-96] follows DNS to no address that is not of the internet', async () => {
  const addresses: Names['addresses'] = (host) =>
    Promise.resolve(
      new Map([
        ['rebound.example.net', ['127.0.0.1']],
        ['mixed.example.net', [PUBLIC, '192.168.1.1']],
        ['nowhere.example.net', []],
      ]).get(host) ?? [PUBLIC],
    );
  const records = [
    at('127.0.0.1'),
    at('rebound.example.net'),
    at('mixed.example.net'),
    at('nowhere.example.net', { priority: 1 }),
  ];
  const direct = ['https://example.org', 'https://example.org:4433'];
  expect((await origins('alice@example.org', records, addresses)).found).toEqual(direct);
  const last = [...records.slice(1), at('good.example.net', { priority: 2 })];
  expect((await origins('alice@example.org', last, addresses)).found).toEqual([
    'https://good.example.net:4433',
    ...direct,
  ]);
});

it('passes over what is no host, and takes so many and no more', async () => {
  const none = [at(''), at('a b'), at('mesh.example.net', { priority: 1 })];
  expect((await origins('alice@example.org', none)).found).toHaveLength(3);
  const many = Array.from({ length: 50 }, (_, index) => at(`mesh${String(index)}.example.net`));
  expect((await origins('alice@example.org', many)).found).toHaveLength(MESH_LIMITS.announcedMax + 2);
});
