import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { valueOf } from '../testing/world.ts';
import { makeGround } from './testing/serving.ts';

it('answers a client as the agent itself would', async () => {
  await using ground = makeGround();
  await ground.serve();
  const agent = await ground.connect();
  expect(valueOf(await agent.open(null))).toEqual({ kind: 'open' });
  const { rows } = valueOf(await agent.mailboxes());
  expect(rows.map(({ address, state }) => [address, state])).toEqual([['alice@example.test', 'off']]);
  expect(valueOf(await agent.people())).toEqual([]);
  expect(valueOf(await agent.settings())).toEqual({ autoDisable: true });
});

it('leaves nothing where nothing was remembered', async () => {
  await using ground = makeGround();
  const serving = await ground.serve();
  const agent = await ground.connect();
  expect(await agent.stop()).toMatchObject({ ok: true });
  await serving.closed;
  await agent.closed;
  expect(existsSync(ground.home)).toBe(false);
});
