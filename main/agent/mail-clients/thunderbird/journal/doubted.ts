import { parseEvent, writeEvent } from './event.ts';

/**
 * A journal that was kept elsewhere for a time, e.g. in a backup: what it says was done may have been taken back since.
 * So nothing in it is settled, and the profile itself says which it is, as after a crash. Without it, what Endymail took
 * back after the backup would count as changed by hand. Lines that are not understood stay for the reader to refuse.
 */
export const doubtedJournal = (text: string): string =>
  text
    .split('\n')
    .map((line) => {
      const event = parseEvent(line);
      const isSettled = event !== null && event !== 'newer' && event.event === 'done';
      return isSettled ? writeEvent({ ...event, event: 'intend' }).trimEnd() : line;
    })
    .join('\n');
