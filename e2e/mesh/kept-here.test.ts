import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Redacted } from '@endymail/shared/result';
import { selfSigned, startService, type RunningService } from '@endymail/service';
import { createEmbedded, createServiceClient, findService, type Hosting } from '../../main/agent/mesh/index.ts';
import { identity, profile } from '../../main/agent/testing/profiles.ts';
import { codeOf, correspondent, valueOf, world, type World } from '../../main/agent/testing/world.ts';
import { ALICE, accountOf, meets, peopleOf, requestOf } from './computer.ts';
import { interpose } from './interposed.ts';

let folder: string;
const hosts: Hosting[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-here-'));
});

afterEach(async () => {
  for (const hosting of hosts.splice(0)) await hosting.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Machine extends World {
  readonly hosting: Hosting;
}

/** A computer that may keep an account itself. */
function machine(name: string): Machine {
  const hosting = createEmbedded(join(folder, name));
  hosts.push(hosting);
  const now = (): Date => new Date();
  const made = world([profile(name, [identity('id1', ALICE)])], {
    find: (of, pin) => findService(of, pin),
    hosting,
    connect: (service, key) => createServiceClient({ service, key, now, ready: () => hosting.runFor(service) }),
    watch: () => () => undefined,
    here: { name, platform: 'linux' },
    pause: () => setTimeout(40),
  });
  made.now = now();
  return Object.assign(made, { hosting });
}

/** A computer with an account on it that others may reach, and the name by which they do. */
async function host(): Promise<{ first: Machine; name: string }> {
  const first = machine('first');
  valueOf(await first.agent.enable([ALICE], {}));
  valueOf(await first.agent.account.create('alice', 'here'));
  const { here } = valueOf(await first.agent.account.setReachable(true));
  return { first, name: here?.names[0] ?? '' };
}

const asks = async (second: Machine, name: string): Promise<{ id: string; digits: string }> => {
  const view = valueOf(await second.agent.account.request(name));
  if (view.kind !== 'waiting' || view.digits === null) throw new Error(view.kind);
  return { digits: view.digits, id: requestOf(second).requestId };
};

async function endOf({ agent }: Machine): Promise<string> {
  for (;;) {
    const view = valueOf(await agent.account.joining());
    if (view.kind === 'joined') return 'joined';
    if (view.kind === 'ended') return view.why.code;
  }
}

async function joins(first: Machine, second: Machine, name: string): Promise<void> {
  const { id, digits } = await asks(second, name);
  const approving = first.agent.account.approve(id, new Redacted(digits), { mayApprove: false });
  expect(await endOf(second)).toBe('joined');
  valueOf(await approving);
}

describe('an account on the first computer', () => {
  it('is joined by digits, and shares what is new', async () => {
    const { first, name } = await host();
    const second = machine('second');
    await joins(first, second, name);
    await meets(second, await (await correspondent('bob@example.org')).part());
    valueOf(await second.agent.account.sync());
    valueOf(await first.agent.account.sync());
    expect(peopleOf(first)).toEqual(['bob@example.org']);
    const own = valueOf(await first.agent.account.show());
    const other = valueOf(await second.agent.account.show());
    expect(own).toMatchObject({ service: { kind: 'here' }, pin: { how: 'own' }, here: { names: [name] } });
    // Taken as it was at first, and covered by the exchange then.
    expect(other).toMatchObject({ pin: { how: 'exchange', fingerprint: own?.pin?.fingerprint }, here: null });
  });

  it('[SEC-119] is joined by an invitation, with the certificate that it names and no other', async () => {
    const { first } = await host();
    const second = machine('second');
    const { link } = valueOf(await first.agent.account.invite());
    await using between = await interpose(accountOf(first).service.url);
    const misled = new Redacted(link.reveal().replace(/@[^#]+/, `@${between.place}`));
    expect(codeOf(await second.agent.account.join(misled))).toBe('service-certificate-differs');
    expect(second.state().joining).toBeNull();
    expect(valueOf(await second.agent.account.join(link))).toMatchObject({ pin: { how: 'invitation' } });
    const answering = first.agent.account.sync();
    expect(await endOf(second)).toBe('joined');
    valueOf(await answering);
  });

  it('[SEC-120] is not joined through somebody who shows another certificate', async () => {
    const { first } = await host();
    const second = machine('second');
    await using between = await interpose(accountOf(first).service.url);
    const { id, digits } = await asks(second, `alice@${between.place}`);
    const approved = await first.agent.account.approve(id, new Redacted(digits), { mayApprove: false });
    expect(codeOf(approved)).toBe('service-certificate-differs');
    expect(await endOf(second)).toBe('service-certificate-differs');
    expect(valueOf(await first.agent.account.devices())).toHaveLength(1);
  });

  it('invites nobody as long as nobody else reaches it', async () => {
    const { first } = await host();
    valueOf(await first.agent.account.setReachable(false));
    expect(codeOf(await first.agent.account.invite())).toBe('here-not-reachable');
    expect(valueOf(await first.agent.account.show())?.here).toEqual({ names: [] });
  });

  it('can not be reached while that computer is off, and is found again at another address by its key', async () => {
    const { first, name } = await host();
    const second = machine('second');
    await joins(first, second, name);
    await first.hosting.stop();
    expect(codeOf(await second.agent.account.sync())).toBe('mesh-offline');
    valueOf(await first.hosting.run());
    const { host: place } = new URL(accountOf(first).service.url);
    await using between = await interpose(accountOf(first).service.url);
    expect(codeOf(await second.agent.account.moveTo(between.place))).toBe('service-certificate-changed');
    expect(valueOf(await second.agent.account.moveTo(place)).name).toBe(`alice@${place}`);
    valueOf(await second.agent.account.sync());
  });
});

describe('a certificate that nobody vouches for', () => {
  const start = async (port: number): Promise<RunningService> =>
    valueOf(
      await startService({
        dataFolder: join(folder, 'elsewhere'),
        listen: { host: '127.0.0.1', port },
        tls: selfSigned(),
      }).then((started) => (started.ok ? started : Promise.reject(new Error(started.error.kind)))),
    );

  it('[SEC-121] is told of when it changes, and taken when the person says so', async () => {
    const before = await start(0);
    const { port } = before.address;
    const first = machine('first');
    const made = valueOf(await first.agent.account.create(`alice@127.0.0.1:${String(port)}`));
    expect(made.pin?.how).toBe('first-use');
    await before.stop();
    const after = await start(port);
    expect(codeOf(await first.agent.account.sync())).toBe('service-certificate-changed');
    const { known, shown } = valueOf(await first.agent.account.certificate());
    expect(known).toBe(made.pin?.fingerprint);
    expect(shown).not.toBe(known);
    expect(codeOf(await first.agent.account.trustCertificate(known))).toBe('service-certificate-changed');
    expect(codeOf(await first.agent.account.sync())).toBe('service-certificate-changed');
    expect(valueOf(await first.agent.account.trustCertificate(shown)).pin?.fingerprint).toBe(shown);
    valueOf(await first.agent.account.sync());
    await after.stop();
  });
});
