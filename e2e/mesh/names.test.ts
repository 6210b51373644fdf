import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { KeyId } from '@endymail/shared/sealing';
import { valueOf } from '../../main/agent/testing/world.ts';
import { sequenceIn, showing, takeOver, written } from './attacker.ts';
import { deviceOf, household, startMesh, type Computer, type Mesh } from './computer.ts';

let mesh: Mesh;

beforeAll(async () => {
  mesh = await startMesh();
});

afterEach(() => {
  mesh.lying.lies = {};
});

afterAll(() => mesh.stop());

const namesAt = async (of: Computer): Promise<readonly string[]> =>
  valueOf(await of.agent.account.devices()).map(({ name }) => name);

/** What a device writes about devices: with their ids and names. */
async function writes(by: Computer, names: readonly (readonly [id: string, name: string])[]): Promise<void> {
  const thief = await takeOver(by);
  const { id: sequence } = sequenceIn(thief.profile, 'devices');
  const items = names.map(([id, name]) => {
    const device = [...thief.profile.devices.keys()].find((known): known is KeyId => known === id);
    if (device === undefined) throw new Error(id);
    return { kind: 'device' as const, device, name, platform: 'linux', added: 1 };
  });
  mesh.lying.lies = { readEntries: showing(sequence, await written(thief, await thief.readingOf('devices'), items)) };
}

describe('what the devices of an account are called', () => {
  it('[SEC-146] is what each says of itself: another that exchanges the names is not heard (R37)', async () => {
    const { phone, laptop, hostile } = await household(mesh, ['phone', 'laptop', 'hostile']);
    const [phones, own] = [await deviceOf(phone), await deviceOf(hostile)];
    await writes(hostile, [
      [phones, 'hostile'],
      [own, 'phone'],
    ]);
    valueOf(await laptop.agent.account.sync());
    // What the hostile one is called is its own to say; that there are two of a name is seen.
    expect(await namesAt(laptop)).toEqual(['laptop', '', 'phone']);
  });

  it('[SEC-146] holds nothing that a screen obeys or that nobody sees (R37)', async () => {
    const { first, hostile } = await household(mesh, ['first', 'hostile']);
    const own = await deviceOf(hostile);
    await writes(hostile, [[own, 'fir\u200bst\u202e\u0007']]);
    valueOf(await first.agent.account.sync());
    expect(await namesAt(first)).toEqual(['first', 'first']);
  });
});
