import { LIMITS } from '@endymail/shared/ipc';
import { describe, expect, it } from 'vitest';
import { droppedText } from './dropped-file.ts';

const file = (content: string | Uint8Array<ArrayBuffer>) => new Blob([content]);

describe('a file that is dropped on the window', () => {
  it('is read as text', async () => {
    expect(await droppedText([file('{"endymail":"public-part"}')])).toEqual({
      ok: true,
      value: '{"endymail":"public-part"}',
    });
  });

  it('is refused beside another, or where nothing was dropped', async () => {
    expect(await droppedText([file('a'), file('b')])).toEqual({ ok: false, error: 'several' });
    expect(await droppedText([])).toEqual({ ok: false, error: 'no-file' });
  });

  it('is taken up to its bound and not above it, before it is read', async () => {
    const bound = LIMITS.publicPartMaxChars;
    expect(await droppedText([file('a'.repeat(bound))])).toMatchObject({ ok: true });
    const unread = { size: bound + 1, arrayBuffer: () => Promise.reject(new Error('It was read.')) };
    expect(await droppedText([unread])).toEqual({ ok: false, error: 'too-large' });
  });

  it.each([
    ['bytes that are no UTF-8', Uint8Array.of(0xff, 0xfe, 0x41)],
    ['a zero', Uint8Array.of(0x41, 0, 0x42)],
  ])('is refused with %s in it', async (_what, bytes) => {
    expect(await droppedText([file(bytes)])).toEqual({ ok: false, error: 'no-text' });
  });

  it('says when it can not be read, as a folder', async () => {
    const folder = { size: 4_096, arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) };
    expect(await droppedText([folder])).toEqual({ ok: false, error: 'unreadable' });
  });
});
