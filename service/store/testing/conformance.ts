import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NonceUse, Store, StoreChange, StoredHead } from '../store.ts';

/** A store on its own ground, which can be opened again as after a restart. */
export interface StoreGround {
  open(): Promise<Store>;
  dispose(): Promise<void>;
}

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');
const hashOf = (bytes: Uint8Array, before: string): string =>
  createHash('sha256').update(before).update(bytes).digest('hex');

const ROOM = { maxAccountBytes: 1_000_000, maxAccountEntries: 1_000 };
const NOW = 1_800_000_000;

/** What every store must do, whichever database is behind it. */
export function describeStore(name: string, ground: () => Promise<StoreGround>): void {
  describe(`the store on ${name}`, () => {
    let on: StoreGround;
    let store: Store;
    const account = hex(64);
    const sequence = hex(16);
    const first: StoredHead = { count: 0, hash: hex(32) };

    beforeEach(async () => {
      on = await ground();
      store = await on.open();
      const made = await store.createAccount({
        account,
        name: 'alice',
        link: Buffer.from('link 0'),
        linkHash: hex(32),
        bundle: Buffer.from('bundle 0'),
        sequences: new Map([[sequence, first.hash]]),
        nowSeconds: NOW,
      });
      expect(made).toEqual({ ok: true });
    });

    afterEach(async () => {
      await store.close();
      await on.dispose();
    });

    const entriesAfter = (head: StoredHead, ...texts: readonly string[]) => {
      let { hash } = head;
      return texts.map((text) => {
        const bytes = new Uint8Array(Buffer.from(text));
        hash = hashOf(bytes, hash);
        return { bytes, hash };
      });
    };

    const append = (head: StoredHead, ...texts: readonly string[]) =>
      store.append({ account, sequence, expected: head, entries: entriesAfter(head, ...texts), ...ROOM });

    /** A new number, under the chain as it is now. */
    const number = async (): Promise<NonceUse> => {
      const status = await store.statusOf(account);
      if (!status.ok) throw new Error(status.error);
      return { account, chain: status.value.chain, nonce: hex(32), untilSeconds: NOW + 10, nowSeconds: NOW };
    };

    const texts = (items: readonly Uint8Array[]): string[] => items.map((bytes) => Buffer.from(bytes).toString());

    it('keeps entries in their order, also over a restart', async () => {
      const one = await append(first, 'a', 'b');
      if (!one.ok) throw new Error(one.error);
      expect(one.value.count).toBe(2);
      const two = await append(one.value, 'c');
      await store.close();
      store = await on.open();
      const read = await store.read(account, sequence, 1, 1_000);
      if (!read.ok || !two.ok) throw new Error('not read');
      expect(texts(read.value.items)).toEqual(['b', 'c']);
      expect(read.value.head).toEqual(two.value);
      expect(await store.heads(account)).toEqual({ ok: true, value: new Map([[sequence, two.value]]) });
    });

    it('appends only where count and hash are the expected ones', async () => {
      const one = await append(first, 'a');
      if (!one.ok) throw new Error(one.error);
      expect(await append(first, 'x')).toEqual({ ok: false, error: 'conflict' });
      expect(await append({ count: 1, hash: first.hash }, 'x')).toEqual({ ok: false, error: 'conflict' });
      expect(await append({ count: 2, hash: one.value.hash }, 'x')).toEqual({ ok: false, error: 'conflict' });
      const read = await store.read(account, sequence, 0, 1_000);
      expect(read.ok && texts(read.value.items)).toEqual(['a']);
    });

    it('lets one of many who race for an index win, and leaves no gap', async () => {
      const race = async (who: number): Promise<number> => {
        let won = 0;
        let head: StoredHead = first;
        while (won < 20) {
          const appended = await append(head, `${String(who)}.${String(won)}`);
          if (appended.ok) won += 1;
          const heads = await store.heads(account);
          if (heads.ok) head = heads.value.get(sequence) ?? head;
        }
        return won;
      };
      const won = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(race));
      expect(won.reduce((sum, count) => sum + count, 0)).toBe(160);
      const read = await store.read(account, sequence, 0, 1_000_000);
      if (!read.ok) throw new Error(read.error);
      expect(new Set(texts(read.value.items)).size).toBe(160);
      expect(read.value.head.count).toBe(160);
      let hash = first.hash;
      for (const bytes of read.value.items) hash = hashOf(bytes, hash);
      expect(read.value.head.hash).toBe(hash);
    });

    it('is one with another that is open on the same ground', async () => {
      const other = await on.open();
      const appendThere = async (through: Store, text: string): Promise<boolean> => {
        const heads = await through.heads(account);
        const head = (heads.ok ? heads.value.get(sequence) : null) ?? first;
        const entries = entriesAfter(head, text);
        return (await through.append({ account, sequence, expected: head, entries, ...ROOM })).ok;
      };
      const race = async (through: Store, who: string): Promise<void> => {
        for (let won = 0; won < 20;) if (await appendThere(through, `${who}.${String(won)}`)) won += 1;
      };
      await Promise.all([race(store, 'here'), race(other, 'there')]);
      await other.close();
      const read = await store.read(account, sequence, 0, 1_000_000);
      expect(read.ok && read.value.head.count).toBe(40);
      expect(new Set(read.ok ? texts(read.value.items) : []).size).toBe(40);
    });

    it('reads as much as fits, and one at least', async () => {
      await append(first, 'aaaa', 'bbbb', 'cccc');
      const read = async (from: number, maxBytes: number) => {
        const range = await store.read(account, sequence, from, maxBytes);
        return range.ok ? texts(range.value.items) : range.error;
      };
      expect(await read(0, 8)).toEqual(['aaaa', 'bbbb']);
      expect(await read(0, 1)).toEqual(['aaaa']);
      expect(await read(2, 100)).toEqual(['cccc']);
      expect(await read(3, 100)).toEqual([]);
      expect(await read(99, 100)).toEqual([]);
    });

    it('keeps a link and its bundle as one', async () => {
      const status = await store.statusOf(account);
      if (!status.ok) throw new Error(status.error);
      const linkHash = hex(32);
      const wish = { account, link: Buffer.from('link 1'), linkHash, maxAccountBytes: 1_000_000 };
      const expected = status.value.chain;
      const linked = await store.appendLink({ ...wish, expected, bundle: Buffer.from('bundle 1') });
      expect(linked).toEqual({ ok: true, value: { count: 2, hash: linkHash } });
      expect(await store.appendLink({ ...wish, expected, bundle: null })).toEqual({ ok: false, error: 'conflict' });
      const [links, bundles] = [await store.readLinks(account, 0, 100), await store.readBundles(account, 1, 100)];
      expect(links.ok && texts(links.value.items)).toEqual(['link 0', 'link 1']);
      expect(bundles.ok && bundles.value.map(({ index, bytes }) => [index, Buffer.from(bytes).toString()])).toEqual([
        [1, 'bundle 1'],
      ]);
    });

    it('keeps to the limits of an account, and counts what is there', async () => {
      const wish = { account, sequence, expected: first, entries: entriesAfter(first, 'a', 'b') };
      expect(await store.append({ ...wish, ...ROOM, maxAccountEntries: 1 })).toEqual({ ok: false, error: 'limit' });
      expect(await store.append({ ...wish, ...ROOM, maxAccountBytes: 15 })).toEqual({ ok: false, error: 'limit' });
      expect((await store.append({ ...wish, ...ROOM, maxAccountBytes: 16 })).ok).toBe(true);
      expect(await store.statusOf(account)).toMatchObject({ value: { name: 'alice', bytes: 16, entries: 2 } });
    });

    it('never gives a name or an account again, also after it was deleted', async () => {
      const again = (o: { account: string; name: string }) =>
        store.createAccount({
          ...o,
          link: Buffer.from('l'),
          linkHash: hex(32),
          bundle: Buffer.from('b'),
          sequences: new Map(),
          nowSeconds: NOW,
        });
      expect(await again({ account: hex(64), name: 'alice' })).toEqual({ ok: false, error: 'name-taken' });
      expect(await again({ account, name: 'other' })).toEqual({ ok: false, error: 'account-exists' });
      await append(first, 'a');
      const told: StoreChange[] = [];
      store.watch((change) => told.push(change));
      expect(await store.deleteAccount(account)).toEqual({ ok: true });
      expect(told).toEqual([{ account, kind: 'deleted', sequence: null, count: 0 }]);
      expect(await append(first, 'b')).toEqual({ ok: false, error: 'unknown-account' });
      expect(await store.requests(account, NOW)).toEqual({ ok: false, error: 'unknown-account' });
      expect(await store.accountOf('alice')).toEqual({ ok: true, value: null });
      expect(await store.read(account, sequence, 0, 100)).toEqual({ ok: false, error: 'unknown-account' });
      expect(await again({ account: hex(64), name: 'alice' })).toEqual({ ok: false, error: 'name-taken' });
      expect(await again({ account, name: 'other' })).toEqual({ ok: false, error: 'account-exists' });
    });

    it('deletes one account and leaves its neighbours', async () => {
      const other = hex(64);
      await store.createAccount({
        account: other,
        name: 'bob',
        link: Buffer.from('link of bob'),
        linkHash: hex(32),
        bundle: Buffer.from('bundle of bob'),
        sequences: new Map([[sequence, first.hash]]),
        nowSeconds: NOW,
      });
      const mine = { account: other, sequence, expected: first, entries: entriesAfter(first, 'of bob'), ...ROOM };
      expect((await store.append(mine)).ok).toBe(true);
      await append(first, 'of alice');
      await store.deleteAccount(account);
      const read = await store.read(other, sequence, 0, 100);
      expect(read.ok && texts(read.value.items)).toEqual(['of bob']);
      expect(await store.accountOf('bob')).toEqual({ ok: true, value: other });
    });

    it('keeps requests until they expire, their first steps, and no more than may wait', async () => {
      const request = hex(32);
      const put = (o: { request: string; maxPending?: number }) =>
        store.putRequest({
          account,
          bytes: Buffer.from('asks'),
          nowSeconds: NOW,
          expiresAtSeconds: NOW + 10,
          maxPending: 2,
          ...o,
        });
      expect(await put({ request })).toEqual({ ok: true });
      expect(await put({ request })).toEqual({ ok: true });
      expect(await put({ request: hex(32), maxPending: 1 })).toEqual({ ok: false, error: 'limit' });
      const step = {
        account,
        request,
        step: 'offer',
        bytes: Buffer.from('offered'),
        nowSeconds: NOW,
        keepUntilSeconds: NOW,
      } as const;
      expect(await store.putStep(step)).toEqual({ ok: true });
      expect(await store.putStep(step)).toEqual({ ok: true });
      expect(await store.putStep({ ...step, bytes: Buffer.from('x') })).toEqual({ ok: false, error: 'conflict' });
      expect(await store.putStep({ ...step, request: hex(32) })).toEqual({ ok: false, error: 'unknown-request' });
      const seen = await store.requestOf(account, request, NOW + 9);
      expect(seen.ok && Buffer.from(seen.value?.steps.get('offer') ?? []).toString()).toBe('offered');
      expect(await store.requestOf(account, request, NOW + 10)).toEqual({ ok: true, value: null });
      expect(await store.requests(account, NOW + 10)).toEqual({ ok: true, value: [] });
      const listed = await store.requests(account, NOW);
      expect(listed.ok && listed.value.map((one) => one.request)).toEqual([request]);
      const late = { ...step, step: 'confirm', nowSeconds: NOW + 9, keepUntilSeconds: NOW + 100 } as const;
      expect(await store.putStep(late)).toEqual({ ok: true });
      expect(
        (await store.requests(account, NOW + 99)).ok && (await store.requestOf(account, request, NOW + 99)),
      ).toEqual({
        ok: true,
        value: expect.objectContaining({ request }) as unknown,
      });
      expect(await store.requestOf(account, request, NOW + 100)).toEqual({ ok: true, value: null });
    });

    it('takes a number once, also over a restart, until its time is over', async () => {
      const use = await number();
      expect(await store.useNonce(use)).toEqual({ ok: true });
      await store.close();
      store = await on.open();
      expect(await store.useNonce({ ...use, nowSeconds: NOW + 9 })).toEqual({ ok: false, error: 'used' });
      expect(await store.useNonce({ ...use, untilSeconds: NOW + 30, nowSeconds: NOW + 20 })).toEqual({ ok: true });
    });

    it('[SEC-115] writes with a number once, also over a restart, and uses it up where the rest is refused', async () => {
      const one = await number();
      const wish = { account, sequence, expected: first, entries: entriesAfter(first, 'a'), ...ROOM };
      const appended = await store.signed(one).append(wish);
      if (!appended.ok) throw new Error(appended.error);
      const next = { ...wish, expected: appended.value, entries: entriesAfter(appended.value, 'b') };
      await store.close();
      store = await on.open();
      expect(await store.signed(one).append(next)).toEqual({ ok: false, error: 'used' });
      expect(await store.useNonce(one)).toEqual({ ok: false, error: 'used' });
      const other = await number();
      expect(await store.signed(other).append(wish)).toEqual({ ok: false, error: 'conflict' });
      expect(await store.signed(other).append(next)).toEqual({ ok: false, error: 'used' });
      expect((await store.signed(await number()).append(next)).ok).toBe(true);
    });

    it('[SEC-115] writes nothing, and uses no number up, under a chain that has gone on', async () => {
      const old = await number();
      const wish = {
        account,
        link: Buffer.from('link 1'),
        linkHash: hex(32),
        bundle: null,
        maxAccountBytes: 1_000_000,
      };
      const expected = old.chain;
      expect((await store.signed(await number()).appendLink({ ...wish, expected })).ok).toBe(true);
      const append = { account, sequence, expected: first, entries: entriesAfter(first, 'a'), ...ROOM };
      for (const refused of [
        await store.useNonce(old),
        await store.signed(old).append(append),
        await store.signed(old).deleteAccount(account),
        await store.signed({ ...old, account: hex(64) }).append(append),
      ]) {
        expect(refused).toEqual({ ok: false, error: expect.stringMatching(/^(stale|unknown-account)$/) as unknown });
      }
      const now = { ...(await number()), nonce: old.nonce };
      expect((await store.signed(now).append(append)).ok).toBe(true);
      expect(await store.signed(await number()).deleteAccount(account)).toEqual({ ok: true });
    });

    it('tells of what is on disk, and of nothing that was refused', async () => {
      const told: StoreChange[] = [];
      const stop = store.watch((change) => told.push(change));
      await append(first, 'a');
      await append(first, 'x');
      stop();
      const heads = await store.heads(account);
      if (heads.ok) await append(heads.value.get(sequence) ?? first, 'b');
      expect(told).toEqual([{ account, kind: 'sequence', sequence, count: 1 }]);
    });

    it('finishes what it has accepted before it closes, and answers what comes later', async () => {
      const accepted = append(first, 'a');
      await store.close();
      expect((await accepted).ok).toBe(true);
      expect(await append(first, 'b')).toEqual({ ok: false, error: 'failed' });
      store = await on.open();
      const read = await store.read(account, sequence, 0, 100);
      expect(read.ok && texts(read.value.items)).toEqual(['a']);
    });

    it.each(['', 'zz', '2', sequence.toUpperCase(), `${sequence}zz`])(
      'takes %j for no id, and so for none that is there',
      async (id) => {
        const chain = await store.readLinks(account, 0, 1_000);
        const expected = chain.ok ? chain.value.head : first;
        const wish = { account, sequence: id, expected, entries: entriesAfter(expected, 'x'), ...ROOM };
        expect(await store.append(wish)).toEqual({ ok: false, error: 'failed' });
        expect(await store.read(account, id, 0, 1_000)).toEqual({ ok: false, error: 'failed' });
        expect(await store.readLinks(account, 0, 1_000)).toEqual(chain);
      },
    );

    it('knows no account and no sequence that is not there', async () => {
      const nobody = hex(64);
      expect(await store.accountOf('nobody')).toEqual({ ok: true, value: null });
      expect(await store.heads(nobody)).toEqual({ ok: false, error: 'unknown-account' });
      expect(await store.read(account, hex(16), 0, 100)).toEqual({ ok: false, error: 'unknown-sequence' });
      expect(await store.deleteAccount(nobody)).toEqual({ ok: false, error: 'unknown-account' });
    });
  });
}
