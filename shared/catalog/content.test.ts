import { describe, expect, it } from 'vitest';
import { decodeCbor, encodeCbor, hash32Bytes, hash32Of, isCborArray, utf8, type CborValue } from '../sealing/index.ts';
import { decodeContent, encodeContent, type Content } from './content.ts';
import { ITEM_ID_OF_SETTINGS, itemIdBytes, itemIdOf, itemIdOfMailbox } from './item-id.ts';
import { NO_ENTRY } from './sequence-state.ts';
import { ALICE, keyItem, mailboxItem, settingsItem } from './testing/examples.ts';

const HASH = hash32Of(utf8('something'));

const CONTENT: Content = {
  change: { event: 'upsert', item: settingsItem(true), parent: HASH },
  counter: 3,
  ownPrevious: HASH,
  chain: { count: 2, hash: HASH },
  time: 1_800_000_000,
};

/** The encoded content with one field in another way. */
function withField(index: number, value: CborValue): Uint8Array {
  const fields = decodeCbor(encodeContent(CONTENT));
  if (!isCborArray(fields)) throw new Error('No content');
  return encodeCbor(fields.with(index, value));
}

describe('the content of an entry', () => {
  it('comes back as it was', () => {
    expect(decodeContent('settings', encodeContent(CONTENT))).toEqual(CONTENT);
  });

  it('comes back as it was where it deletes, and is the first of its writer', () => {
    const deletion: Content = {
      ...CONTENT,
      change: { event: 'delete', id: ITEM_ID_OF_SETTINGS, parent: null },
      counter: 1,
      ownPrevious: NO_ENTRY,
    };
    expect(decodeContent('settings', encodeContent(deletion))).toEqual(deletion);
  });

  it('stands as the protocol has it', () => {
    expect(decodeCbor(encodeContent(CONTENT))).toEqual([
      1,
      1,
      itemIdBytes(ITEM_ID_OF_SETTINGS),
      hash32Bytes(HASH),
      3,
      hash32Bytes(HASH),
      [2, hash32Bytes(HASH)],
      1_800_000_000,
      [1, true],
    ]);
  });

  it.each<readonly [string, Uint8Array]>([
    ['no CBOR', utf8('nothing')],
    ['version 0', withField(0, 0)],
    ['event 0', withField(1, 0)],
    ['an id too short', withField(2, new Uint8Array(15))],
    ['an id of another item', withField(2, itemIdBytes(itemIdOfMailbox(ALICE)))],
    ['a parent that is no hash', withField(3, new Uint8Array(31))],
    ['counter 0', withField(4, 0)],
    ['no previous entry', withField(5, null)],
    ['a head without its hash', withField(6, [2])],
    ['a head beyond the longest chain', withField(6, [4097, hash32Bytes(HASH)])],
    ['no item to put in', withField(8, null)],
    ['an item to delete with', withField(1, 2)],
    ['a field too many', encodeCbor([1, 1, 1, 1, 1, 1, 1, 1, 1, 1])],
  ])('refuses %s', (_, bytes) => {
    expect(decodeContent('settings', bytes)).toBe('malformed');
  });

  it.each<readonly [string, Uint8Array]>([
    ['version 2', withField(0, 2)],
    ['an event that is not known', withField(1, 3)],
    ['a kind of item that is not known', withField(8, [2, true])],
  ])('says of %s that it is of a newer Endymail', (_, bytes) => {
    expect(decodeContent('settings', bytes)).toBe('newer');
  });

  it('takes no key that stands under the id of a mailbox', () => {
    const bytes = encodeContent({
      ...CONTENT,
      change: { event: 'upsert', item: keyItem('a certificate'), parent: null },
    });
    const fields = decodeCbor(bytes);
    if (!isCborArray(fields)) throw new Error('No content');
    const moved = encodeCbor(fields.with(2, itemIdBytes(itemIdOf(mailboxItem()))));
    expect(decodeContent('mailboxes', bytes)).not.toBe('malformed');
    expect(decodeContent('mailboxes', moved)).toBe('malformed');
  });
});
