import { describe, expect, it } from 'vitest';
import { isFind, sectionRoute, type Key } from './shortcuts.ts';

const key = (text: string, held: Partial<Key> = {}): Key => ({
  key: text,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('the shortcuts of the window', () => {
  it('leads to the sections in the order in which the side shows them', () => {
    const screens = ['1', '2', '3', '4', '5'].map((text) => sectionRoute(key(text, { ctrlKey: true }))?.screen);
    expect(screens).toEqual(['home', 'people', 'devices', 'help', 'settings']);
    expect(sectionRoute(key('2', { metaKey: true }))).toEqual({ screen: 'people' });
  });

  it('leaves what is typed alone', () => {
    expect(sectionRoute(key('1'))).toBeNull();
    expect(sectionRoute(key('6', { ctrlKey: true }))).toBeNull();
    expect(sectionRoute(key('1', { ctrlKey: true, altKey: true }))).toBeNull();
  });

  it('finds by Ctrl+F or Cmd+F only', () => {
    expect(isFind(key('f', { ctrlKey: true }))).toBe(true);
    expect(isFind(key('F', { metaKey: true }))).toBe(true);
    expect(isFind(key('f'))).toBe(false);
    expect(isFind(key('f', { ctrlKey: true, shiftKey: true }))).toBe(false);
  });
});
