import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { itemOf, itemIdOfMailbox } from '@endymail/shared/catalog';
import type { MailAddress } from '@endymail/shared/mail';
import { certificateId } from '../certificates/index.ts';
import { EMPTY_STATE, type AgentState, type MailboxRecord, type PersonRecord } from '../home/state.ts';
import { deviceId, emptyLog, type CatalogLog } from './testing/log-of-catalogs.ts';
import { join, sync, takeInOnly, type PaperDevice } from './testing/paper-device.ts';
import {
  NOW,
  address,
  alice,
  bob,
  daysLater,
  mailboxRecord,
  personRecord,
  renewed,
  sharedView,
  work,
} from './testing/records.ts';

const DEVICES = 3;
const RENEWALS = 6;
const MAILBOXES: readonly MailAddress[] = [alice, work];
const PEOPLE: readonly MailAddress[] = [bob, address('carol@example.test'), alice];

/** What a computer could do, each with how many days pass before. */
type Step = { readonly device: number; readonly days: number } & (
  | { readonly kind: 'enable' | 'disable' | 'renew'; readonly mailbox: number }
  | { readonly kind: 'add' | 'remove'; readonly person: number; readonly version: number }
  | { readonly kind: 'setting'; readonly on: boolean }
  | { readonly kind: 'sync' | 'take-in' }
);

const device = fc.nat(DEVICES - 1);
const days = fc.nat(40);
const mailbox = fc.nat(MAILBOXES.length - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('enable' as const, 'disable' as const, 'renew' as const), device, days, mailbox }),
  fc.record({
    kind: fc.constantFrom('add' as const, 'remove' as const),
    device,
    days,
    person: fc.nat(PEOPLE.length - 1),
    version: fc.nat(1),
  }),
  fc.record({ kind: fc.constant('setting' as const), device, days, on: fc.boolean() }),
  fc.record({ kind: fc.constantFrom('sync' as const, 'sync' as const, 'take-in' as const), device, days }),
);

/** Made once: keys take their time. Per device and mailbox, what each renewal makes; the CA is the first one's. */
let made: readonly (readonly (readonly MailboxRecord[])[])[];
let people: readonly (readonly PersonRecord[])[];
beforeAll(async () => {
  made = await Promise.all(Array.from({ length: DEVICES }, () => Promise.all(MAILBOXES.map((of) => keysOf(of)))));
  people = await Promise.all(PEOPLE.map((of) => Promise.all([personRecord(of), personRecord(of, daysLater(1))])));
});

async function keysOf(of: MailAddress): Promise<readonly MailboxRecord[]> {
  const records = [await mailboxRecord(of)];
  for (let renewal = 1; renewal <= RENEWALS; renewal += 1) {
    records.push(await renewed(records[0]!, daysLater(renewal * 100)));
  }
  return records;
}

interface World {
  readonly log: CatalogLog;
  readonly devices: readonly PaperDevice[];
  /** Every key that was ever in use, per mailbox. */
  readonly used: Map<MailAddress, Set<string>>;
}

const change = (one: PaperDevice, with_: Partial<AgentState>): void => {
  one.state = { ...one.state, ...with_ };
};

/** What `enable` does: keys that are known serve again. */
function enable(one: PaperDevice, number: number, index: number): void {
  const [record] = made[number]![index]!;
  const others = one.state.mailboxes.filter((held) => held.address !== record!.address);
  const held = one.state.mailboxes.find((known) => known.address === record!.address);
  change(one, { mailboxes: [...others, { ...(held ?? record!), enabled: true }] });
}

/** What renewal does where the key of the CA is here and made by this device: the next of the keys made before. */
function renew(one: PaperDevice, number: number, index: number): void {
  const records = made[number]![index]!;
  const held = one.state.mailboxes.find((known) => known.address === MAILBOXES[index]);
  if (held === undefined || !Buffer.from(held.authority.certificate).equals(records[0]!.authority.certificate)) return;
  const known = new Set([held.current, ...held.former].map(({ certificate }) => certificateId(certificate)));
  const next = records.findIndex(({ current }) => !known.has(certificateId(current.certificate)));
  if (next === -1) return;
  const renewedOne = { ...held, current: records[next]!.current, former: [held.current, ...held.former] };
  change(one, { mailboxes: one.state.mailboxes.map((other) => (other === held ? renewedOne : other)) });
}

async function take({ log, devices }: World, what: Step): Promise<void> {
  const one = devices[what.device]!;
  one.now = new Date(one.now.getTime() + what.days * 86_400_000);
  switch (what.kind) {
    case 'enable':
      enable(one, what.device, what.mailbox);
      break;
    case 'disable':
      change(one, {
        mailboxes: one.state.mailboxes.map((held) =>
          held.address === MAILBOXES[what.mailbox] ? { ...held, enabled: false } : held,
        ),
      });
      break;
    case 'renew':
      renew(one, what.device, what.mailbox);
      break;
    case 'add': {
      const person = people[what.person]![what.version]!;
      const isOwn = one.state.mailboxes.some((held) => held.address === person.address);
      if (!isOwn && !one.state.people.some((known) => known.address === person.address)) {
        change(one, { people: [...one.state.people, person] });
      }
      break;
    }
    case 'remove':
      change(one, { people: one.state.people.filter((known) => known.address !== PEOPLE[what.person]) });
      break;
    case 'setting':
      change(one, { settings: { autoDisable: what.on } });
      break;
    case 'sync':
      await sync(one, log);
      break;
    case 'take-in':
      await takeInOnly(one, log);
      break;
  }
}

function note({ devices, used }: World): void {
  for (const { state } of devices) {
    for (const { address: of, current } of state.mailboxes) {
      used.set(of, (used.get(of) ?? new Set()).add(certificateId(current.certificate)));
    }
  }
}

/** When the key in use was issued, per mailbox, as the account has it. */
function issued({ folds }: CatalogLog): readonly number[] {
  const fold = folds.get('mailboxes');
  return MAILBOXES.map((of) => {
    const item = fold === undefined ? null : (itemOf(fold, itemIdOfMailbox(of))?.item ?? null);
    return item?.kind === 'mailbox' ? item.issued : 0;
  });
}

async function settle({ log, devices }: World): Promise<void> {
  // What the last one wrote, the first one has to read; and a mailbox may be turned on once more.
  for (let round = 0; round < 3; round += 1) for (const one of devices) await sync(one, log);
}

async function begin(): Promise<World> {
  const log = emptyLog();
  const devices: PaperDevice[] = [];
  for (let number = 0; number < DEVICES; number += 1) {
    devices.push(await join(deviceId(number + 1), EMPTY_STATE, log, NOW));
  }
  return { log, devices, used: new Map() };
}

test('[SEC-85] devices that did anything in any order agree in the end; no key is lost, and none comes back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const world = await begin();
      let before = issued(world.log);
      for (const what of steps) {
        const enabledBefore = world.devices.map(enabledOn);
        await take(world, what);
        note(world);
        const after = issued(world.log);
        expect(after.every((time, index) => time >= before[index]!)).toBe(true);
        before = after;
        if (what.kind === 'sync' || what.kind === 'take-in') keepsItsChoice(world, enabledBefore);
      }
      await settle(world);
      const [first, ...others] = world.devices.map(({ state }) => sharedView(state));
      for (const other of others) expect(other).toEqual(first);
      for (const { state } of world.devices) expectAllKeys(state, world.used);
      for (const one of world.devices) expect(await sync(one, world.log)).toEqual([]);
    }),
    { numRuns: 150 },
  );
}, 60_000);

test('a device that joins with keys of its own loses none of them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const world = await begin();
      enable(world.devices[0]!, 0, 0);
      for (const what of steps) await take(world, what);
      await settle(world);
      const own = made[1]![0]![2]!;
      const late = await join(deviceId(9), { ...EMPTY_STATE, mailboxes: [own] }, world.log, NOW);
      const settled = { ...world, devices: [...world.devices, late] };
      note(settled);
      world.used.get(alice)?.add(certificateId(own.current.certificate));
      const account = world.devices[0]!.state.mailboxes.find(({ address: of }) => of === alice);
      await settle(settled);
      for (const { state } of settled.devices) {
        const held = state.mailboxes.find(({ address: of }) => of === alice);
        expect(held?.current.certificate).toEqual(account?.current.certificate);
        expectAllKeys(state, world.used);
      }
    }),
    { numRuns: 50 },
  );
}, 60_000);

const enabledOn = ({ state }: PaperDevice): ReadonlyMap<MailAddress, boolean> =>
  new Map(state.mailboxes.map(({ address: of, enabled }) => [of, enabled]));

function keepsItsChoice({ devices }: World, before: readonly ReadonlyMap<MailAddress, boolean>[]): void {
  for (const [number, one] of devices.entries()) {
    const now = enabledOn(one);
    for (const [of, enabled] of before[number]!) expect(now.get(of)).toBe(enabled);
  }
}

function expectAllKeys(state: AgentState, used: ReadonlyMap<MailAddress, ReadonlySet<string>>): void {
  for (const { address: of, current, former } of state.mailboxes) {
    const held = new Set([current, ...former].map(({ certificate }) => certificateId(certificate)));
    for (const key of used.get(of) ?? []) expect(held.has(key)).toBe(true);
  }
}
