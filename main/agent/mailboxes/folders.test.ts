import { describe, expect, it } from 'vitest';
import { failure } from '@endymail/shared/result';
import { alice, codeOf, identity, profile, valueOf, work, world } from '../testing/world.ts';

const USB = '/media/usb/thunderbird';

/** Alice's own computer, and a profile on a drive with her mailbox at work. */
function withDrive() {
  const here = world([profile('here', [identity('id1', alice)])]);
  const there = profile('there', [identity('id1', work)]);
  here.client.folders.set(USB, there);
  return { here, there };
}

describe('a folder that the person points at', () => {
  it('is looked into from then on, and nothing is written in it', async () => {
    const { here } = withDrive();
    expect(valueOf(await here.agent.mailboxes()).rows.map(({ address }) => address)).toEqual([alice]);
    const list = valueOf(await here.agent.addFolder(USB));
    expect(list.rows.map(({ address }) => address)).toEqual([alice, work]);
    expect(valueOf(await here.agent.mailboxes()).rows).toHaveLength(2);
    expect(valueOf(await here.agent.folders())).toEqual([USB]);
    expect(here.client.applied).toBe(0);
  });

  it('is remembered once', async () => {
    const { here } = withDrive();
    valueOf(await here.agent.addFolder(USB));
    valueOf(await here.agent.addFolder(USB));
    expect(valueOf(await here.agent.folders())).toEqual([USB]);
  });

  it('is refused where there is no profile in it', async () => {
    const { here } = withDrive();
    expect(codeOf(await here.agent.addFolder('/media/music'))).toBe('folder-without-profile');
    expect(valueOf(await here.agent.folders())).toEqual([]);
  });

  it('has its mailboxes set up like all others, and taken back before it is forgotten', async () => {
    const { here, there } = withDrive();
    valueOf(await here.agent.addFolder(USB));
    valueOf(await here.agent.enable([alice, work], {}));
    expect(here.client.held.get(there.id)?.identities).toHaveLength(1);
    const list = valueOf(await here.agent.removeFolder(USB));
    expect(here.client.held.get(there.id)?.identities).toEqual([]);
    expect(list.rows.map(({ address }) => address)).toEqual([alice]);
    expect(here.state().mailboxes.map(({ address, enabled }) => [address, enabled])).toEqual([
      [alice, true],
      [work, false],
    ]);
    expect(here.state().folders).toEqual([]);
  });

  it('leaves a mailbox on that another profile has, too', async () => {
    const { here } = withDrive();
    here.client.folders.set('/second', profile('second', [identity('id3', alice)]));
    valueOf(await here.agent.addFolder('/second'));
    valueOf(await here.agent.enable([alice], {}));
    valueOf(await here.agent.removeFolder('/second'));
    expect(here.state().mailboxes.map(({ address, enabled }) => [address, enabled])).toEqual([[alice, true]]);
  });

  it('is kept while what was written there can not be taken back', async () => {
    const { here, there } = withDrive();
    valueOf(await here.agent.addFolder(USB));
    valueOf(await here.agent.enable([work], {}));
    here.client.failNext = failure('client-running');
    expect(codeOf(await here.agent.removeFolder(USB))).toBe('client-running');
    expect(here.state().folders).toEqual([USB]);
    expect(here.state().mailboxes.every(({ enabled }) => enabled)).toBe(true);
    expect(here.client.held.get(there.id)?.identities).toHaveLength(1);
  });

  it('is forgotten also when its drive is gone, with nothing changed', async () => {
    const { here } = withDrive();
    valueOf(await here.agent.addFolder(USB));
    valueOf(await here.agent.enable([work], {}));
    here.client.folders.clear();
    valueOf(await here.agent.removeFolder(USB));
    expect(here.state().folders).toEqual([]);
    expect(here.state().mailboxes.map(({ enabled }) => enabled)).toEqual([true]);
  });

  it('[SEC-33] keeps everything from being removed while its drive is gone, and what is there can not be taken back', async () => {
    const { here } = withDrive();
    valueOf(await here.agent.addFolder(USB));
    here.client.folders.clear();
    expect(codeOf(await here.agent.remove({}))).toBe('folder-missing');
    expect(here.destroyed).toBe(false);
    valueOf(await here.agent.removeFolder(USB));
    valueOf(await here.agent.remove({}));
    expect(here.destroyed).toBe(true);
  });

  it('can not be forgotten where it is not known', async () => {
    const { here } = withDrive();
    expect(codeOf(await here.agent.removeFolder(USB))).toBe('folder-unknown');
  });
});

describe('opening the client', () => {
  it('starts it with the profile that is named', async () => {
    const { here, there } = withDrive();
    expect(codeOf(await here.agent.openClient(there.id))).toBe('profile-unreadable');
    valueOf(await here.agent.addFolder(USB));
    valueOf(await here.agent.openClient(there.id));
    expect(here.client.opened).toEqual([there.id]);
  });
});
