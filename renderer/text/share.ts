export const SHARE = Object.freeze({
  heading: 'Share',
  lead: (address: string): string =>
    `Give this file to the people who write to ${address}. With it their Endymail encrypts mail to you. Nothing in it is secret.`,
  howHeading: 'How it goes',
  how: Object.freeze([
    'Save the file, and send it by mail or in any other way.',
    'They add it to their Endymail, and see a fingerprint.',
    'Read them yours by telephone. If both are the same, nobody came in between.',
  ]),
  write: 'Save the file…',
  another: 'Save it once more…',
  written: (fileName: string): string => `${fileName} is ready to be sent.`,
  fingerprint: 'Your fingerprint, to read out by telephone',
});
