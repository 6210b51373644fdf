import { activeDevices, extendProfile, sameHead } from '@endymail/shared/identity/public';
import { WIRE_LIMITS } from '@endymail/shared/mesh-api';
import { ok } from '@endymail/shared/result';
import { parseSequenceId, fromHex } from '@endymail/shared/sealing/public';
import { headFrom } from '../../accounts/profiles.ts';
import { refuse, refuseStored, type Answers } from '../answers.ts';
import type { Ground } from '../ground.ts';
import { isActTimely } from './act-times.ts';
import { isBundleOf, linkProblem } from './links.ts';

/** Profile chains with their bundles, and the heads of everything. */
export function chainAnswers(ground: Ground): Answers<'readChain' | 'appendLink' | 'readBundles' | 'readHeads'> {
  const { store, profiles, limits } = ground;
  return {
    async readChain({ account, from }) {
      const range = await store.readLinks(account, from, WIRE_LIMITS.rangeMaxBytes);
      return range.ok
        ? ok({ head: headFrom(range.value.head), links: [...range.value.items] })
        : refuseStored(range.error);
    },

    async appendLink({ account, body: { expected, link, bundle } }, { caller: { profile, writes } }) {
      if (!sameHead(profile.head, expected)) return refuse('chain-moved');
      const next = await extendProfile(profile, link);
      if (!next.ok) return refuse(linkProblem(next.error));
      // An account is closed by deleting it: what is left of one that is only closed would lie here for ever.
      if (next.value.isClosed) return refuse('link-refused');
      if (activeDevices(next.value).length > limits.accountMaxDevices) return refuse('account-full');
      const now = ground.nowSeconds();
      if (!(await isActTimely(next.value, link, now))) return refuse('clock', { timeSeconds: now });
      if (!(await isBundleOf(next.value, link, bundle))) return refuse('bundle-refused');
      const appended = await writes.appendLink({
        account,
        expected,
        link,
        linkHash: next.value.head.hash,
        bundle,
        maxAccountBytes: limits.accountMaxBytes,
      });
      if (!appended.ok) return refuseStored(appended.error, { conflict: 'chain-moved' });
      profiles.keep(next.value);
      return ok(next.value.head);
    },

    async readBundles({ account, from }) {
      const bundles = await store.readBundles(account, from, WIRE_LIMITS.rangeMaxBytes);
      if (!bundles.ok) return refuseStored(bundles.error);
      return ok(bundles.value.map(({ index, bytes }) => ({ index, bundle: bytes })));
    },

    async readHeads({ account }, { caller: { profile } }) {
      const heads = await store.heads(account);
      if (!heads.ok) return refuseStored(heads.error);
      const sequences = [...heads.value].flatMap(([id, head]) => {
        const sequence = parseSequenceId(fromHex(id));
        return sequence === null ? [] : [[sequence, headFrom(head)] as const];
      });
      return ok({ chain: profile.head, sequences: new Map(sequences) });
    },
  };
}
