import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change, EventKind, JournalEvent } from './event.ts';
import { eventsOf, replay } from './ledger.ts';

const prefName = fc.constantFrom('mail.e2ee.auto_enable', 'mail.identity.id1.signing_cert_name', 'marionette.port');
const prefValue = fc.oneof(fc.constant(null), fc.boolean(), fc.integer({ min: 0, max: 3 }), fc.constantFrom('a', 'b'));
const id = fc.constantFrom('aa'.repeat(32), 'bb'.repeat(32));
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    kind: fc.constant('pref'),
    name: prefName,
    address: fc.constant(null),
    before: prefValue,
    ours: prefValue,
  }),
  fc.record({
    kind: fc.constant('certificate'),
    id,
    role: fc.constantFrom('anchor', 'own-authority'),
    address: fc.constant(null),
    der: fc.constant(Uint8Array.of(1)),
    before: fc.constantFrom('absent', 'untrusted'),
  }),
  fc.record({
    kind: fc.constant('client-run'),
    set: fc.constant([]),
    touched: fc.constant([]),
    files: fc.constant([]),
  }),
);
const kinds: readonly EventKind[] = ['intend', 'done', 'withdraw', 'withdrawn'];
const events: fc.Arbitrary<JournalEvent[]> = fc
  .array(fc.record({ event: fc.constantFrom(...kinds), change }), { maxLength: 30 })
  .map((list) => list.map((event, index) => ({ n: index + 1, ...event })));

describe('the ledger', () => {
  it('survives being shortened: what is written again replays to the same', () => {
    fc.assert(
      fc.property(events, (journal) => {
        const ledger = replay(journal);
        expect(replay(eventsOf(ledger))).toEqual(ledger);
      }),
    );
  });

  it('keeps both values of ours while a newer one may or may not have been written', () => {
    const pref = { kind: 'pref', name: 'p', address: null, before: 'theirs' } as const;
    const ledger = replay([
      { n: 1, event: 'intend', change: { ...pref, ours: 'old' } },
      { n: 2, event: 'done', change: { ...pref, ours: 'old' } },
      { n: 3, event: 'intend', change: { ...pref, ours: 'new' } },
    ]);
    expect(ledger.prefs.get('p')).toMatchObject({ before: 'theirs', ours: ['old', 'new'], settled: false });
  });
});
