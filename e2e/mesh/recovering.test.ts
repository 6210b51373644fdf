import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Redacted } from '@endymail/shared/result';
import { parseRecoveryWords } from '@endymail/shared/sealing';
import { codeOf, correspondent, valueOf } from '../../main/agent/testing/world.ts';
import {
  ALICE,
  accountOf,
  computer,
  deviceOf,
  founder,
  heldBy,
  joins,
  meets,
  peopleOf,
  startMesh,
  type Computer,
  type Mesh,
} from './computer.ts';

let mesh: Mesh;
let bob = '';

beforeAll(async () => {
  mesh = await startMesh();
  bob = await (await correspondent('bob@example.org')).part();
});

afterEach(() => {
  mesh.lying.lies = {};
  mesh.lying.weather = null;
  mesh.lying.calls.length = 0;
});

afterAll(() => mesh.stop());

interface Lost {
  readonly name: string;
  readonly words: Redacted<string>;
  readonly first: Computer;
  readonly second: Computer;
}

/** An account with two computers, one person, and its words on paper. */
async function lostAccount(): Promise<Lost> {
  const { first, account: name } = await founder(mesh);
  const second = computer(mesh, 'second');
  await joins(first, second, name, { mayApprove: true });
  await meets(first, bob);
  valueOf(await first.agent.account.sync());
  const words = valueOf(await first.agent.account.words());
  valueOf(await first.agent.account.confirmWords(words));
  return { name, words, first, second };
}

const kit = ({ name, words }: Pick<Lost, 'name' | 'words'>, mark: string | null = null) => ({ name, words, mark });

const ALONE = Object.freeze({ keep: [] });

describe('the recovery words', () => {
  it('[SEC-122] bring the account back to a new computer, and leave the lost ones out', async () => {
    const lost = await lostAccount();
    const { first, second } = lost;
    const old = first.state().mailboxes[0]?.current;
    const fresh = computer(mesh, 'new');
    const preview = valueOf(await fresh.agent.account.recoverPreview(kit(lost)));
    expect(preview.devices.map(({ name, lastSeenAt }) => [name, lastSeenAt !== null])).toEqual([
      ['first', true],
      ['second', true],
    ]);
    expect(fresh.state().account).toBeNull();
    const recovered = valueOf(await fresh.agent.account.recover(kit(lost), ALONE));
    expect(recovered.account).toMatchObject({ name: lost.name, standing: 'member', words: 'confirmed' });
    expect(recovered.removed.map(({ name }) => name)).toEqual(['first', 'second']);
    expect(recovered.renewed).toEqual([ALICE]);
    expect(peopleOf(fresh)).toEqual(['bob@example.org']);
    // Old mail can be read, and what is sent from now on only here.
    const mailbox = fresh.state().mailboxes.find(({ address }) => address === ALICE);
    expect(mailbox?.former.map(({ certificate }) => certificate)).toContainEqual(old?.certificate);
    const keys = mailbox?.former.map(({ privateKey }) => Buffer.from(privateKey.reveal()).toString('base64'));
    expect(keys).toContain(Buffer.from(old?.privateKey.reveal() ?? []).toString('base64'));
    expect(mailbox?.current.certificate).not.toEqual(old?.certificate);
    expect(mailbox?.authority.privateKey).not.toBeNull();
    for (const one of [first, second]) {
      expect(codeOf(await one.agent.account.sync())).toBe('account-removed');
      expect(one.state().mailboxes[0]?.current.certificate).toEqual(old?.certificate);
    }
    // It is a whole account again.
    const third = computer(mesh, 'third');
    await joins(fresh, third, lost.name);
    expect(peopleOf(third)).toEqual(['bob@example.org']);
    const secret = parseRecoveryWords(lost.words.reveal());
    if (!secret.ok) throw new Error(secret.error);
    expect(heldBy(fresh)).not.toContain(Buffer.from(secret.value.reveal()).toString('base64'));
  });

  it('[SEC-122] leave a device in the account that the person keeps', async () => {
    const lost = await lostAccount();
    const fresh = computer(mesh, 'new');
    const keep = [await deviceOf(lost.second)];
    const { removed } = valueOf(await fresh.agent.account.recover(kit(lost), { keep }));
    expect(removed.map(({ name }) => name)).toEqual(['first']);
    valueOf(await lost.second.agent.account.sync());
    expect(lost.second.state().mailboxes[0]?.current.certificate).toEqual(
      fresh.state().mailboxes.find(({ address }) => address === ALICE)?.current.certificate,
    );
    expect(accountOf(lost.second).standing).toBe('member');
  });
});
