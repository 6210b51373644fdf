import { momentWords } from './dates.ts';

export const FRAME = Object.freeze({
  sections: 'Sections',
  home: 'Home',
  people: 'People',
  devices: 'Devices',
  help: 'Help',
  settings: 'Settings',
  thisComputer: 'On this computer',
});

/** After the number at *Home*, for a screen reader. */
export const needYou = (count: number): string => (count === 1 ? 'needs you' : 'need you');

/** The state of things on this computer, in a few words. */
export function placeStatus(lookedAt: string | null, isWorking: boolean): string {
  if (isWorking) return 'At work…';
  return lookedAt === null ? 'Looking…' : `Looked at ${momentWords(lookedAt, new Date())}`;
}
