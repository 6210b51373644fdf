import { afterAll, beforeAll, expect, it } from 'vitest';
import { WIRE_LIMITS } from '@endymail/shared/mesh-api';
import { codeOf, valueOf } from '../../main/agent/testing/world.ts';
import { belongingsOf, computer, founder, joins, startMesh, type Mesh } from './computer.ts';

let mesh: Mesh;

beforeAll(async () => {
  mesh = await startMesh();
});

afterAll(() => mesh.stop());

it('[SEC-76] strangers who take every place for requests hold a new device up until one of theirs is rejected (R21)', async () => {
  const { first, account } = await founder(mesh);
  const before = belongingsOf(first);
  for (let number = 0; number < WIRE_LIMITS.pendingRequestsMax; number += 1) {
    valueOf(await computer(mesh, `stranger ${String(number)}`).agent.account.request(account));
  }
  const own = computer(mesh, 'own');
  expect(codeOf(await own.agent.account.request(account))).toBe('mesh-busy');
  const waiting = valueOf(await first.agent.account.pending());
  expect(waiting).toHaveLength(WIRE_LIMITS.pendingRequestsMax);
  // What a stranger calls itself is not known before the digits were typed.
  for (const request of waiting)
    expect(Object.keys(request).sort()).toEqual(['askedAt', 'expiresAt', 'fingerprint', 'id']);
  expect(belongingsOf(first)).toBe(before);
  const [stranger] = waiting;
  valueOf(await first.agent.account.reject(stranger?.id ?? ''));
  const { device } = await joins(first, own, account);
  expect(device.name).toBe('own');
  expect(valueOf(await first.agent.account.devices()).map(({ name }) => name)).toEqual(['first', 'own']);
});
