import { expect, it } from 'vitest';
import { emptyFold, folded } from '../../../shared/catalog/fold.ts';
import { SOMEBODY, upsertAt } from '../../../shared/catalog/testing/applied.ts';
import { deviceItem } from '../../../shared/catalog/testing/examples.ts';
import { keyIdOf } from '../../../shared/sealing/index.ts';
import { devicesNamed } from './device-names.ts';

const foldsWith = (item: ReturnType<typeof deviceItem>) =>
  new Map([['devices', folded(emptyFold('devices'), upsertAt(0, item, null))]] as const);

const shownFor = (name: string) => devicesNamed(foldsWith(deviceItem(SOMEBODY, name))).get(SOMEBODY)?.name;

it.each([
  ['a zero-width space', 'Lap\u200btop', 'Laptop'],
  ['a soft hyphen, a word joiner, a byte order mark', 'L\u00ada\u2060p\ufefftop', 'Laptop'],
  ['what turns the direction of writing', '\u202epotpaL\u2066\u200f', 'potpaL'],
  ['an escape sequence and lines', '\u001b]0;Lap\u0007\ntop\u2028', ']0;Lap top'],
  ['letters that are tags', 'Laptop\u{e0061}\u{e007f}', 'Laptop'],
  ['white space on all sides', '\ufeff \u200b Laptop\t\u00a0\u3000here ', 'Laptop here'],
  ['fillers alone', '\u3164\u115f \uffa0', ''],
  ['joiners and selectors alone', '\u200d\ufe0f \u200c', ''],
  ['letters of every script, and pictures', 'Jürgens Μηχανή 👩‍💻 نوت', 'Jürgens Μηχανή 👩‍💻 نوت'],
])('[SEC-146] a name with %s is shown without', (_, name, shown) => {
  expect(shownFor(name)).toBe(shown);
});

it('[SEC-146] a name that another device wrote is none', () => {
  const other = keyIdOf(new Uint8Array(32).fill(9));
  expect(devicesNamed(foldsWith(deviceItem(other)))).toEqual(new Map());
});
