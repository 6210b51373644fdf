import { beginProfile, extendProfile, firstSequenceHead, type Profile } from '@endymail/shared/identity/public';
import { ok } from '@endymail/shared/result';
import { equalBytes, parseAccountId, fromHex } from '@endymail/shared/sealing/public';
import { refuse, refuseStored, tooMany, type Answers } from '../answers.ts';
import type { Ground } from '../ground.ts';
import { isBundleOf, linkProblem } from './links.ts';

/** Names, and accounts as a whole. */
export function accountAnswers(ground: Ground): Answers<'accountOf' | 'createAccount' | 'deleteAccount'> {
  const { store, profiles, admission, nowSeconds } = ground;

  /** Whether this very account is here already: its answer may have been lost. */
  async function isHere(profile: Profile, name: string, link: Uint8Array): Promise<boolean> {
    const there = await store.accountOf(name);
    if (!there.ok || there.value !== profile.account) return false;
    const first = await store.readLinks(profile.account, 0, 1);
    return first.ok && first.value.items.some((item, index) => index === 0 && equalBytes(item, link));
  }

  return {
    async accountOf({ name }) {
      const found = await store.accountOf(name);
      if (!found.ok) return refuseStored(found.error);
      const account = found.value === null ? null : parseAccountId(fromHex(found.value));
      return account === null ? refuse('name-unknown') : ok(account);
    },

    async createAccount({ body: { name, link, bundle } }, { address }) {
      const profile = await beginProfile(link);
      if (!profile.ok) return refuse(linkProblem(profile.error));
      if (!(await isBundleOf(profile.value, link, bundle))) return refuse('bundle-refused');
      if (await isHere(profile.value, name, link)) return ok(profile.value.account);
      const wait = admission.newAccount(address);
      if (wait !== null) return tooMany(wait);
      const { account, head, sequences } = profile.value;
      const created = await store.createAccount({
        account,
        name,
        link,
        linkHash: head.hash,
        bundle,
        sequences: new Map([...sequences.keys()].map((id) => [id, firstSequenceHead(account, id).hash])),
        nowSeconds: nowSeconds(),
      });
      if (!created.ok) return refuseStored(created.error);
      profiles.keep(profile.value);
      return ok(account);
    },

    async deleteAccount({ account, body: link }, { caller: { profile, writes } }) {
      const closed = await extendProfile(profile, link);
      if (!closed.ok) return refuse(linkProblem(closed.error));
      if (!closed.value.isClosed) return refuse('link-refused');
      const deleted = await writes.deleteAccount(account);
      return deleted.ok ? ok(null) : refuseStored(deleted.error);
    },
  };
}
