const NUMBERS = new Intl.NumberFormat('en');
const SMALL = Object.freeze(['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']);

/** "1 mailbox", "2 mailboxes", "5,000 mailboxes". */
export function counted(count: number, one: string, many: string): string {
  return `${NUMBERS.format(count)} ${count === 1 ? one : many}`;
}

/** "one mailbox", "two mailboxes", "12 mailboxes": as one writes it in a sentence. */
export function spelled(count: number, one: string, many: string): string {
  return `${SMALL[count] ?? NUMBERS.format(count)} ${count === 1 ? one : many}`;
}

/** With a capital, at the beginning of a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
