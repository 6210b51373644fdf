import { beforeAll, describe, expect, it } from 'vitest';
import { hash32Of, parseSequenceId, type SigningKey } from '../sealing/index.ts';
import { CATALOGS } from './catalogs.ts';
import { firstChainHead } from './heads.ts';
import type { Link, LinkBody } from './link.ts';
import { signLink } from './making/sign-link.ts';
import { makeReverse } from './reverse.ts';
import { ALL_ROLES, ORDINARY_ROLES } from './roles.ts';
import { newAccount, type TestAccount } from './testing/account.ts';
import { beginProfile, linkIn } from './verify.ts';

type Create = Extract<LinkBody, { kind: 'create' }>;

describe('[SEC-80] the first link is refused', () => {
  let account: TestAccount;
  let right: Link;
  let body: Create;

  beforeAll(async () => {
    account = await newAccount();
    const link = await linkIn(account.profile, account.links[0] ?? new Uint8Array());
    if (link?.body.kind !== 'create') throw new Error('no first link');
    right = link;
    body = link.body;
  });

  async function verdict(more: Partial<Link>, key: SigningKey = account.root): Promise<string | null> {
    const profile = await beginProfile(await signLink(account.profile.account, key, { ...right, ...more }));
    return profile.ok ? null : profile.error;
  }

  it('not when it is right', async () => {
    expect(await verdict({})).toBe(null);
  });

  it('when another than the root that it names has signed it', async () => {
    expect(await verdict({}, account.first.signing)).toBe('not-allowed');
  });

  it('when it does not stand at the beginning of its account, or has no bundle', async () => {
    expect(await verdict({ index: 1 })).toBe('does-not-follow');
    expect(await verdict({ previous: hash32Of(new Uint8Array(1)) })).toBe('does-not-follow');
    expect(await verdict({ bundle: null })).toBe('does-not-follow');
  });

  it('when it is of another kind', async () => {
    expect(await verdict({ body: { kind: 'close' }, bundle: null })).toBe('malformed');
  });

  it('when its first device is no admin, or came by invitation, or has not accepted', async () => {
    const { signing } = account.first;
    const head = firstChainHead(account.profile.account);
    const reverse = await makeReverse(signing, { account: account.profile.account, roles: ORDINARY_ROLES, head });
    const ordinary = { ...body.device, roles: ORDINARY_ROLES, reverse };
    expect(await verdict({ body: { ...body, device: ordinary } })).toBe('bad-roles');
    const invited = { ...body.device, invitation: new Uint8Array(16) };
    expect(await verdict({ body: { ...body, device: invited } })).toBe('bad-roles');
    expect(await verdict({ body: { ...body, device: { ...body.device, reverse } } })).toBe('bad-reverse');
    expect(body.device.roles).toBe(ALL_ROLES);
  });

  it('when its catalogs are not each once, with their rights and their first epoch', async () => {
    const [first, second, ...rest] = body.sequences;
    const [epoch, ...epochs] = body.epochs;
    const stranger = parseSequenceId(new Uint8Array(16));
    if (first === undefined || second === undefined || epoch === undefined || stranger === null)
      throw new Error('none');
    const wrong: readonly Create[] = [
      { ...body, sequences: [second, ...rest], epochs: body.epochs.filter((one) => one.sequence !== first.sequence) },
      { ...body, sequences: [first, first, ...rest] },
      { ...body, sequences: [first, { ...second, sequence: first.sequence }, ...rest] },
      { ...body, sequences: [first, { ...second, catalog: CATALOGS.length + 1 }, ...rest] },
      { ...body, sequences: [first, { ...second, roles: 0 }, ...rest] },
      { ...body, epochs },
      { ...body, epochs: [...body.epochs, { ...epoch, sequence: stranger }] },
      { ...body, epochs: [{ ...epoch, sequence: stranger }, ...epochs] },
      { ...body, epochs: [{ ...epoch, epoch: 2 }, ...epochs] },
    ];
    for (const one of wrong) expect(await verdict({ body: one })).toBe('bad-sequences');
  });
});
