const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' });
const DAY_AND_YEAR = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** "14:30", in the time zone of the computer. `timestamp`: ISO 8601. */
const timeWords = (timestamp: string): string => TIME.format(new Date(timestamp));

/** "today", "yesterday", "19 November", "19 November 2024". `now`: the moment of reading. */
export function dayWords(timestamp: string, now: Date): string {
  const then = new Date(timestamp);
  const days = Math.round((startOfDay(now) - startOfDay(then)) / MS_PER_DAY);
  if (days === 0) return 'today';
  if (days === 1) return 'yesterday';
  return then.getFullYear() === now.getFullYear() ? DAY.format(then) : DAY_AND_YEAR.format(then);
}

/** "12 May 2026", for a column. */
export const dateWords = (timestamp: string): string => DATE.format(new Date(timestamp));

/** "14:30" of today, else "yesterday", "19 November": when something was looked at. */
export function momentWords(timestamp: string, now: Date): string {
  const day = dayWords(timestamp, now);
  return day === 'today' ? timeWords(timestamp) : day;
}

/** "19 November, 14:30": one end of a time that lasted days. */
export const dayAndTimeWords = (timestamp: string, now: Date): string =>
  `${dayWords(timestamp, now)}, ${timeWords(timestamp)}`;

const MS_PER_DAY = 86_400_000;

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
