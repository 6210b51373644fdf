import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Redacted, ok } from '@endymail/shared/result';
import { parseRecoveryWords } from '@endymail/shared/sealing';
import { codeOf, valueOf } from '../../main/agent/testing/world.ts';
import {
  ALICE,
  accountOf,
  calm,
  computer,
  deviceOf,
  founder,
  heldBy,
  joins,
  meets,
  meshAndBob,
  peopleOf,
  type Computer,
  type Mesh,
} from './computer.ts';
import { unreachable, type Lies } from './lying-service.ts';

let mesh: Mesh;
let bob = '';

beforeAll(async () => {
  ({ mesh, bob } = await meshAndBob());
});

afterEach(() => {
  calm(mesh);
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

describe('an end in the middle', () => {
  it('[SEC-110] [SEC-124] at any link: the words go on with what was signed, and sign no second one for a place', async () => {
    const lost = await lostAccount();
    let fresh = computer(mesh, 'new');
    const signed = new Map<number, Set<string>>();
    let isTaken = false;
    mesh.lying.lies = {
      appendLink: (honest) => async (input) => {
        const place = signed.get(input.body.expected.count) ?? new Set();
        signed.set(input.body.expected.count, place.add(Buffer.from(input.body.link).toString('hex')));
        // Each link is lost on its way first, and then its answer.
        isTaken = !isTaken;
        if (!isTaken) await honest(input);
        return unreachable();
      },
    };
    let ends = 0;
    for (;;) {
      const recovered = await fresh.agent.account.recover(kit(lost), ALONE);
      if (recovered.ok) break;
      expect(recovered.error.code).toBe('mesh-offline');
      ends += 1;
      fresh = fresh.restarted();
      // Without the words nothing goes on, and nothing is lost.
      expect(codeOf(await fresh.agent.account.sync())).toBe('account-recovering');
      expect(fresh.state().account?.standing).toBe('recovering');
    }
    expect(ends).toBe(6);
    expect([...signed.values()].map((links) => links.size)).toEqual([1, 1, 1]);
    const devices = valueOf(await fresh.agent.account.devices());
    expect(devices.filter(({ state }) => state === 'active').map(({ name }) => name)).toEqual(['new']);
    const mailbox = fresh.state().mailboxes.find(({ address }) => address === ALICE);
    expect(mailbox?.current.certificate).not.toEqual(lost.first.state().mailboxes[0]?.current.certificate);
  });
});

describe('a service that lies to a device that recovers', () => {
  /** Nothing of it is taken, by the preview and by the act itself. */
  async function refused(lost: Pick<Lost, 'name' | 'words'>, mark: string | null = null): Promise<string | null> {
    const fresh = computer(mesh, 'new');
    const before = heldBy(fresh);
    const code = codeOf(await fresh.agent.account.recoverPreview(kit(lost, mark)));
    expect(codeOf(await fresh.agent.account.recover(kit(lost, mark), ALONE))).toBe(code);
    expect(heldBy(fresh)).toBe(before);
    return code;
  }

  it('[SEC-123] with a chain from before: the line on paper finds it, and without it the date is told (R14)', async () => {
    const lost = await lostAccount();
    const { chainHead: early, syncedHeads } = accountOf(lost.first);
    const third = computer(mesh, 'third');
    await joins(lost.second, third, lost.name);
    const { mark, at } = valueOf(await lost.second.agent.account.mark());
    const chain: Lies['readChain'] = (honest) => async (input) => {
      const range = await honest(input);
      return range.ok ? ok({ head: early, links: range.value.links.slice(0, early.count - input.from) }) : range;
    };
    // Entries that know a longer chain tell that this one is short.
    mesh.lying.lies = { readChain: chain };
    const fresh = computer(mesh, 'new');
    expect(codeOf(await fresh.agent.account.recoverPreview(kit(lost)))).toBe('mesh-lied');
    mesh.lying.lies = {
      readChain: chain,
      readEntries: (honest) => async (input) => {
        const [range, head] = [await honest(input), syncedHeads.get(input.sequence)];
        if (!range.ok || head === undefined) return range;
        return ok({ head, entries: range.value.entries.slice(0, head.count - input.from) });
      },
    };
    expect(await refused(lost, mark)).toBe('recover-older');
    const preview = valueOf(await fresh.agent.account.recoverPreview(kit(lost)));
    expect(preview.asOf.mark).not.toBe(mark);
    expect(preview.asOf.at <= at).toBe(true);
    mesh.lying.lies = {};
    expect(valueOf(await fresh.agent.account.recoverPreview(kit(lost, mark))).devices).toHaveLength(3);
  });

  it('[SEC-123] with another account under the name, and words of another account', async () => {
    const [lost, other] = [await lostAccount(), await founder(mesh, 'other')];
    const words = valueOf(await other.first.agent.account.words());
    const { id } = accountOf(other.first);
    expect(await refused({ name: lost.name, words: new Redacted(`${'abandon '.repeat(23)}art`) })).toBe('words-wrong');
    expect(await refused({ name: lost.name, words: new Redacted('abandon ability') })).toBe('words-wrong');
    // Both are there: words and name do not belong together.
    expect(await refused({ name: lost.name, words })).toBe('mesh-lied');
    mesh.lying.lies = { accountOf: () => () => Promise.resolve(ok(id)) };
    expect(await refused(lost)).toBe('mesh-lied');
    mesh.lying.lies = {
      readChain: (honest) => (input) => honest({ ...input, account: id }),
    };
    expect(await refused(lost)).toBe('mesh-lied');
  });

  it('[SEC-123] with wraps withheld, or exchanged', async () => {
    const lost = await lostAccount();
    mesh.lying.lies = { readBundles: () => () => Promise.resolve(ok([])) };
    expect(await refused(lost)).toBe('mesh-lied');
    mesh.lying.lies = {
      readBundles: (honest) => async (input) => {
        const range = await honest(input);
        if (!range.ok) return range;
        const [first, second] = range.value;
        if (first === undefined || second === undefined) return range;
        return ok([{ ...first, bundle: second.bundle }, { ...second, bundle: first.bundle }, ...range.value.slice(2)]);
      },
    };
    expect(await refused(lost)).toBe('mesh-lied');
  });
});
