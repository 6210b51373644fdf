export const PEOPLE = Object.freeze({
  heading: 'People',
  lead: (count: number): string => {
    if (count === 0) return 'Mail to everyone goes as before.';
    return count === 1
      ? 'Mail to this person is encrypted. Mail to everyone else goes as before.'
      : `Mail is encrypted when everyone on it is among these ${count.toLocaleString('en')} people. Other mail goes as before.`;
  },
  search: (count: number): string =>
    count === 1 ? 'Search one person' : `Search ${count.toLocaleString('en')} people`,
  searchName: 'Search people',
  found: (count: number): string =>
    count === 1 ? 'One person found' : `${count === 0 ? 'Nobody' : `${count.toLocaleString('en')} people`} found`,
  noneFound: (query: string): string => `Nobody found for “${query}”.`,
  clearSearch: 'Show everybody',
  add: 'Add somebody…',
  person: 'Person',
  since: 'Since',
  until: 'Until',
  expired: (date: string): string => `Expired ${date}`,
  show: (name: string): string => `Show ${name}`,
});

export const NO_PEOPLE = Object.freeze({
  heading: 'Nobody is added yet',
  lead: 'Encrypted mail takes two. Each of you gives the other a small file, once. Nothing in it is secret.',
  shareTitle: 'Give them yours',
  shareText: 'Save your file and send it to the people who write to you. With it they can encrypt mail to you.',
  share: 'Share your file…',
  shareNone: 'Enable a mailbox at Home first: then there is a file to share.',
  addTitle: 'Add theirs',
  addText: 'Open the file that somebody shared with you, or drop it on this window. Then mail to them is encrypted.',
});

export const ADD_PERSON = Object.freeze({
  heading: (name: string): string => `Is this ${name}?`,
  compare:
    'Call them and compare: their Endymail shows the same fingerprint under “Share…”. Do not ask by mail; who changed the file could change the answer, too.',
  fingerprint: 'Fingerprint',
  fingerprintFrom: (address: string): string => `Fingerprint of ${address}`,
  notProved: 'The name is what they call themselves.',
  until: 'Can be used until',
  same: 'They told me the same: add',
  notSame: 'Not the same',
  adding: 'Adding…',
  added: (address: string): string => `Mail to ${address} is encrypted from now on.`,
  addedWaiting: (address: string): string =>
    `${address} is added. Mail to them is encrypted once Thunderbird was closed and opened again.`,
  refusedHeading: 'It was not added',
  refused:
    'The file does not come from the one you called, or was changed on its way. Ask for it again by another way, and compare again.',
  alreadyKnown: (address: string): string =>
    `You have added ${address} already, with the same keys. Nothing is changed.`,
  readingFailed: 'This file can not be used',
});

export const DROP = Object.freeze({
  target: 'Drop the file to add its sender',
  oneFile: 'Drop one file at a time.',
  tooLarge: 'This file is too large: what people share from Endymail is a small text file.',
  noText: 'This is not a text file: what people share from Endymail is a small text file.',
  unreadable: 'The file could not be read.',
  nothing: 'Nothing was dropped that Endymail can use.',
});

export const PERSON = Object.freeze({
  addedOn: 'Added',
  until: 'Can be used until',
  fingerprint: 'Fingerprint',
  remove: 'Remove…',
  close: 'Close',
});

export const REMOVE_PERSON = Object.freeze({
  heading: (name: string): string => `Remove ${name}?`,
  means: (address: string): string =>
    `The next mail to ${address} goes as before: unencrypted. A mail that you are writing now may still be encrypted.`,
  old: 'Encrypted mail that you have got from them stays readable. You can add them again with their file.',
  confirm: 'Remove',
  working: 'Removing…',
  done: (address: string): string => `${address} is removed. Mail to them goes as before.`,
  doneWaiting: (address: string): string =>
    `${address} is removed. Mail to them goes as before once Thunderbird was closed and opened again.`,
});
