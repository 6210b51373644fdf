import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProfileTarget } from '../../main/agent/mail-clients/adapter.ts';
import { certificateFor, certificateHash, listCertificates, putIntoStore, startThunderbird } from '../harness/index.ts';
import { createWorld, valueOf, type World } from './thunderbird-world.ts';

/** One contract, two ways into the certificate store. The steps follow each other as they do in a person's life. */
describe.each(['nss-tools', 'headless'] as const)('a profile changed by way of %s', (route) => {
  let world: World;
  let before: string;
  let enabled: ProfileTarget;

  beforeAll(async () => {
    world = await createWorld({ route });
    before = await prefs();
    enabled = await world.target([world.alice, world.work], [world.bob, world.carol]);
  });

  afterAll(async () => {
    await world[Symbol.asyncDispose]();
  });

  const prefs = (): Promise<string> => readFile(join(world.profile.folder, 'prefs.js'), 'utf8');

  it('shows every change before it makes one', async () => {
    const plan = valueOf(await world.adapter.plan(await world.discovered(), enabled));
    expect(plan.obstacles).toEqual([]);
    expect(plan.steps.map((step) => step.kind)).toEqual([
      ...Array<string>(7).fill('add-certificate'),
      ...Array<string>(2).fill('import-key'),
      ...Array<string>(10).fill('set-pref'),
    ]);
    expect(await prefs()).toBe(before);
  });

  it('is brought to its target, and then there is nothing left to do', async () => {
    const report = valueOf(await world.adapter.apply(await world.discovered(), enabled));
    expect(report).toMatchObject({ applied: 19, changedByHand: [] });
    const profile = await world.discovered();
    expect(valueOf(await world.adapter.inspect(profile, enabled))).toEqual({
      identities: [world.alice, world.work].map(({ address }) => ({
        identityId: world.profile.identityId(address),
        address,
        present: true,
        keyPresent: true,
        certificatePresent: true,
        authorityTrusted: true,
        selected: true,
      })),
      autoEnable: true,
      autoDisable: true,
      anchorTrusted: true,
      peopleReady: [world.bob.address, world.carol.address],
    });
    expect(valueOf(await world.adapter.plan(profile, enabled)).steps).toEqual([]);
    expect(valueOf(await world.adapter.apply(profile, enabled)).applied).toBe(0);
  });

  it('[SEC-25] differs from before by the ten settings alone', async () => {
    const known = new Set(before.split('\n'));
    const added = (await prefs()).split('\n').filter((line) => !known.has(line));
    const identity = (id: string): string[] =>
      ['encryption_cert_dbkey', 'encryption_cert_name', 'signing_cert_dbkey', 'signing_cert_name'].map(
        (name) => `mail.identity.${id}.${name}`,
      );
    expect(added.map((line) => /"([^"]+)"/.exec(line)?.[1]).toSorted()).toEqual([
      'mail.e2ee.auto_disable',
      'mail.e2ee.auto_enable',
      ...identity('id1'),
      ...identity('id2'),
    ]);
  });

  it('[SEC-19] is what Thunderbird itself sees: trust for mail alone, and the certificates it would use', async () => {
    await using thunderbird = await startThunderbird(world.profile);
    const found = await certificateFor(thunderbird, world.bob.address);
    expect(found?.sha256).toBe(certificateHash(world.bob.own.certificate));
    expect((await certificateFor(thunderbird, world.alice.address))?.sha256).toBe(
      certificateHash(world.alice.own.certificate),
    );
    const certificates = await listCertificates(thunderbird);
    expect(
      certificates
        .filter(({ trustedForMail }) => trustedForMail)
        .map(({ sha256 }) => sha256)
        .toSorted(),
    ).toEqual(
      [world.alice.authority, world.work.authority, world.anchor]
        .map(({ certificate }) => certificateHash(certificate))
        .toSorted(),
    );
    expect(certificates.filter(({ trustedForWeb }) => trustedForWeb)).toEqual([]);
    await thunderbird.quit();
  });

  it('loses a person who is no longer in the target', async () => {
    const target = await world.target([world.alice, world.work], [world.carol]);
    expect(valueOf(await world.adapter.apply(await world.discovered(), target)).applied).toBe(2);
    await using thunderbird = await startThunderbird(world.profile);
    expect(await certificateFor(thunderbird, world.bob.address)).toBeNull();
    expect((await certificateFor(thunderbird, world.carol.address))?.sha256).toBe(
      certificateHash(world.carol.own.certificate),
    );
    await thunderbird.quit();
  });

  it('[SEC-22] [SEC-26] is as it was after an undo; keys that read old mail stay, trust goes', async () => {
    const nothing = await world.target([]);
    const beforeUndo = await prefs();
    const report = valueOf(await world.adapter.apply(await world.discovered(), nothing));
    expect(report.changedByHand).toEqual([]);
    const ours = new Set(beforeUndo.split('\n').filter((line) => /cert_(dbkey|name)"|mail\.e2ee\./.test(line)));
    expect(ours.size).toBe(10);
    expect(await prefs()).toBe(
      beforeUndo
        .split('\n')
        .filter((line) => !ours.has(line))
        .join('\n'),
    );
    await using thunderbird = await startThunderbird(world.profile);
    const left = await listCertificates(thunderbird);
    expect(left.map(({ sha256 }) => sha256).toSorted()).toEqual(
      [world.alice.own, world.work.own].map(({ certificate }) => certificateHash(certificate)).toSorted(),
    );
    expect(left.filter(({ trustedForMail }) => trustedForMail)).toEqual([]);
    await thunderbird.quit();
    const inspection = valueOf(await world.adapter.inspect(await world.discovered(), enabled));
    expect(inspection.identities.map(({ keyPresent }) => keyPresent)).toEqual([true, true]);
    expect(valueOf(await world.adapter.plan(await world.discovered(), nothing)).steps).toEqual([]);
    valueOf(await world.adapter.forget(await world.discovered()));
  });

  it('is enabled again with the key that is there', async () => {
    const again = await world.target([world.alice]);
    const asked = {
      ...again,
      identities: [world.identity(world.alice, { pkcs12: () => Promise.reject(new Error('asked')) })],
    };
    expect(valueOf(await world.adapter.apply(await world.discovered(), asked)).applied).toBe(7);
    expect(valueOf(await world.adapter.apply(await world.discovered(), await world.target([]))).applied).toBe(7);
  });

  it('[SEC-22] has the trust alone taken back of an authority that was in the store before', async () => {
    await putIntoStore(world.profile.folder, { certificates: [world.work.authority.certificate] });
    const target = await world.target([world.work]);
    valueOf(await world.adapter.apply(await world.discovered(), target));
    expect(valueOf(await world.adapter.inspect(await world.discovered(), target)).identities).toMatchObject([
      { authorityTrusted: true },
    ]);
    valueOf(await world.adapter.apply(await world.discovered(), await world.target([])));
    await using thunderbird = await startThunderbird(world.profile);
    const id = certificateHash(world.work.authority.certificate);
    expect((await listCertificates(thunderbird)).find(({ sha256 }) => sha256 === id)?.trustedForMail).toBe(false);
    await thunderbird.quit();
  });
});
