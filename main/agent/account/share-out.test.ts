import { beforeAll, describe, expect, it } from 'vitest';
import type { Item, PlannedChange } from '@endymail/shared/catalog';
import type { CatalogName } from '@endymail/shared/identity';
import { EMPTY_STATE, type AgentState, type MailboxRecord, type PersonRecord } from '../home/state.ts';
import { deviceId, emptyLog, write } from './testing/log-of-catalogs.ts';
import { outgoing, type PaperDevice } from './testing/paper-device.ts';
import { NOW, alice, bob, daysLater, mailboxRecord, personRecord, renewed } from './testing/records.ts';

let mailbox: MailboxRecord;
let person: PersonRecord;
beforeAll(async () => {
  mailbox = await mailboxRecord(alice);
  person = await personRecord(bob);
});

function device(change: Partial<AgentState> = {}): PaperDevice {
  const state = { ...EMPTY_STATE, mailboxes: [mailbox], people: [person], ...change };
  return { id: deviceId(1), state, withheld: new Map(), base: emptyLog().folds, now: NOW };
}

/** A device whose state the catalogs have, with changes made since. */
function after(change: (state: AgentState) => AgentState, since = device()): PaperDevice {
  const log = emptyLog();
  write(log, outgoing(since));
  return { ...since, base: log.folds, state: change(since.state) };
}

const kindsIn = (changes: ReadonlyMap<CatalogName, readonly PlannedChange[]>): Record<string, string[]> =>
  Object.fromEntries(Array.from(changes, ([name, planned]) => [name, planned.map(kindOf)]));
const kindOf = ({ change }: PlannedChange): string => (change.event === 'delete' ? 'deletion' : change.item.kind);
const itemsIn = (changes: ReadonlyMap<CatalogName, readonly PlannedChange[]>): Item[] =>
  Array.from(changes.values())
    .flat()
    .flatMap(({ change }) => (change.event === 'upsert' ? change.item : []));

describe('the first time', () => {
  it('shares everything, a key before the mailbox that uses it', () => {
    expect(kindsIn(outgoing(device()))).toEqual({
      devices: ['device'],
      authorities: ['authority'],
      mailboxes: ['key', 'mailbox'],
      people: ['person'],
      settings: ['settings'],
    });
  });

  it('[SEC-84] shares nothing that is of this computer alone', () => {
    const own = device({ anchor: mailbox.current, folders: ['/a/folder'] });
    const alone = [person.crossCertificate, mailbox.current.privateKey.reveal()];
    const shared = itemsIn(outgoing(own)).filter(({ kind }) => kind !== 'key');
    const text = JSON.stringify(shared, (_, value: unknown) => (value instanceof Uint8Array ? [...value] : value));
    for (const bytes of alone) expect(text).not.toContain(JSON.stringify([...bytes]));
    expect(text).not.toContain('folder');
  });

  it('leaves alone the catalogs that this device may not read', () => {
    expect(kindsIn(outgoing({ ...device(), base: emptyLog(['devices', 'settings']).folds }))).toEqual({
      devices: ['device'],
      settings: ['settings'],
    });
  });

  it('shares no CA of which only the certificate is here', () => {
    const held = { ...mailbox, authority: { ...mailbox.authority, privateKey: null } };
    expect(kindsIn(outgoing(device({ mailboxes: [held] })))['authorities']).toBeUndefined();
  });
});

describe('afterwards', () => {
  it('shares nothing as long as nothing changed', () => {
    expect(outgoing(after((state) => state)).size).toBe(0);
  });

  it('shares a new key, and names the version that it replaces', async () => {
    const next = await renewed(mailbox, daysLater(600));
    const changes = outgoing(after((state) => ({ ...state, mailboxes: [next] })));
    expect(kindsIn(changes)).toEqual({ mailboxes: ['key', 'mailbox'] });
    expect(changes.get('mailboxes')?.map(({ change }) => change.parent === null)).toEqual([true, false]);
  });

  it('tells nobody that a mailbox was turned off here', () => {
    expect(outgoing(after((state) => ({ ...state, mailboxes: [{ ...mailbox, enabled: false }] }))).size).toBe(0);
  });

  it('tells that a mailbox was turned on', () => {
    const off = device({ mailboxes: [{ ...mailbox, enabled: false }] });
    const changes = outgoing(after((state) => ({ ...state, mailboxes: [mailbox] }), off));
    expect(itemsIn(changes)).toMatchObject([{ kind: 'mailbox', enabled: true }]);
  });

  it('deletes a person who was removed, and not one whom this device does not work with', () => {
    const removed = after((state) => ({ ...state, people: [] }));
    const changes = outgoing(removed);
    expect(kindsIn(changes)).toEqual({ people: ['deletion'] });
    const [deletion] = changes.get('people') ?? [];
    const { change } = deletion ?? {};
    const withheld = new Map(change?.event === 'delete' ? [[change.id, 'too-many' as const]] : []);
    expect(outgoing({ ...removed, withheld }).size).toBe(0);
  });

  it('shares a changed setting', () => {
    const changes = outgoing(after((state) => ({ ...state, settings: { autoDisable: false } })));
    expect(itemsIn(changes)).toEqual([{ kind: 'settings', autoDisable: false }]);
  });
});
