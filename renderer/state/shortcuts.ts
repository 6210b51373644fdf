import type { Route } from './route.ts';

/** What of a key matters here. */
export type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const SECTIONS: Readonly<Record<string, Route>> = Object.freeze({
  '1': { screen: 'home' },
  '2': { screen: 'people' },
  '3': { screen: 'devices' },
  '4': { screen: 'help' },
  '5': { screen: 'settings' },
});

/** Ctrl, or Cmd on a Mac, and nothing else. */
const isCommand = ({ ctrlKey, metaKey, altKey, shiftKey }: Key): boolean => ctrlKey !== metaKey && !altKey && !shiftKey;

/** The section to which Ctrl+1 to Ctrl+5 lead, in the order of the side; null for other keys. */
export function sectionRoute(key: Key): Route | null {
  return isCommand(key) ? (SECTIONS[key.key] ?? null) : null;
}

/** Ctrl+F: find in what the screen shows. */
export const isFind = (key: Key): boolean => isCommand(key) && key.key.toLowerCase() === 'f';
