import { assertNever } from '@endymail/shared/result';
import type { MailAddress, PrefValue } from '@endymail/shared/mail';
import type { CertificateChange, Change, ClientRun, EventKind, JournalEvent, KeyChange } from './event.ts';

/** What is ours in a profile and what stood there before: the journal, replayed. */
export interface Ledger {
  /** By pref name. */
  readonly prefs: ReadonlyMap<string, OwnedPref>;
  /** By certificate id. */
  readonly certificates: ReadonlyMap<string, Owned<CertificateChange>>;
  readonly keys: ReadonlyMap<string, Owned<KeyChange>>;
  /** A run of the client that was begun and not cleaned up after. */
  readonly clientRun: ClientRun | null;
}

export interface Owned<C extends Change> {
  readonly change: C;
  /** False where a crash may have come between the journal and the change: the profile itself tells which it was. */
  readonly settled: boolean;
}

export interface OwnedPref {
  readonly name: string;
  readonly address: MailAddress | null;
  readonly before: PrefValue;
  /** The values that are ours; more than one while a newer one may or may not have been written. */
  readonly ours: readonly PrefValue[];
  readonly settled: boolean;
}

/** Replays a journal. The order of events is the order in which they were written. */
export function replay(events: readonly JournalEvent[]): Ledger {
  const ledger: MutableLedger = { prefs: new Map(), certificates: new Map(), keys: new Map(), clientRun: null };
  for (const { event, change } of events) record(ledger, event, change);
  return ledger;
}

/** The shortest journal that replays to this ledger. */
export function eventsOf(ledger: Ledger): JournalEvent[] {
  const events: { readonly event: EventKind; readonly change: Change }[] = [];
  for (const { name, address, before, ours, settled } of ledger.prefs.values()) {
    for (const value of ours) {
      events.push({ event: 'intend', change: { kind: 'pref', name, address, before, ours: value } });
    }
    const last = ours.at(-1);
    if (settled && last !== undefined) {
      events.push({ event: 'done', change: { kind: 'pref', name, address, before, ours: last } });
    }
  }
  for (const { change, settled } of [...ledger.certificates.values(), ...ledger.keys.values()]) {
    events.push({ event: settled ? 'done' : 'intend', change });
  }
  if (ledger.clientRun !== null) events.push({ event: 'intend', change: ledger.clientRun });
  return events.map((event, index) => ({ n: index + 1, ...event }));
}

interface MutableLedger {
  readonly prefs: Map<string, OwnedPref>;
  readonly certificates: Map<string, Owned<CertificateChange>>;
  readonly keys: Map<string, Owned<KeyChange>>;
  clientRun: ClientRun | null;
}

function record(ledger: MutableLedger, event: EventKind, change: Change): void {
  switch (change.kind) {
    case 'pref': {
      const { name, address, before, ours } = change;
      if (event === 'withdrawn') ledger.prefs.delete(name);
      else {
        const earlier = event === 'done' ? [] : (ledger.prefs.get(name)?.ours ?? []).filter((value) => value !== ours);
        ledger.prefs.set(name, { name, address, before, ours: [...earlier, ours], settled: event === 'done' });
      }
      return;
    }
    case 'certificate':
      keep(ledger.certificates, event, change);
      return;
    case 'key':
      keep(ledger.keys, event, change);
      return;
    case 'client-run':
      ledger.clientRun = event === 'withdrawn' ? null : change;
      return;
    default:
      assertNever(change);
  }
}

function keep<C extends CertificateChange | KeyChange>(
  owned: Map<string, Owned<C>>,
  event: EventKind,
  change: C,
): void {
  if (event === 'withdrawn') owned.delete(change.id);
  else owned.set(change.id, { change, settled: event === 'done' });
}
