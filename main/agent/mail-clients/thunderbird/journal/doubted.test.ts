import { expect, it } from 'vitest';
import { doubtedJournal } from './doubted.ts';
import { parseEvent, writeEvent, writeHeader, type PrefChange } from './event.ts';
import { replay } from './ledger.ts';

const pref: PrefChange = { kind: 'pref', name: 'mail.e2ee.auto_enable', address: null, before: null, ours: true };
const header = writeHeader({ journal: 'thunderbird', profilePath: '/home/alice/.thunderbird/Zoë & co' });

it('an old journal remembers what is ours and what stood there before, and is sure of nothing', () => {
  const lines = [
    writeEvent({ n: 1, event: 'intend', change: pref }),
    writeEvent({ n: 2, event: 'done', change: pref }),
  ];
  const [first, ...rest] = doubtedJournal(header + lines.join('')).split('\n');
  expect(`${first ?? ''}\n`).toBe(header);
  expect(rest.pop()).toBe('');
  const events = rest.map(parseEvent).filter((event) => event !== null && event !== 'newer');
  expect(events.map(({ n }) => n)).toEqual([1, 2]);
  expect(replay(events).prefs.get(pref.name)).toMatchObject({ before: null, ours: [true], settled: false });
});

it('[SEC-31] lines of a newer Endymail and damaged ones stay as they are, for the reader to refuse', () => {
  const text = `${header}{"v":2,"n":1,"event":"done"}\nhalf a li`;
  expect(doubtedJournal(text)).toBe(text);
});
