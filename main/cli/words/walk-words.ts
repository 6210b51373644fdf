/** What a person reads before the first question. */
export const WELCOME = [
  'Endymail: tick the mailboxes to protect, and your own Thunderbird signs and encrypts by itself from then on.',
  'Nothing is changed before you have seen what, and everything can be undone. Ctrl+C leaves at any time.',
  '',
].join('\n');
