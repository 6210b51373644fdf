export const TEST_MAIL = Object.freeze({
  heading: 'Press Send in Thunderbird',
  opened: (address: string): string => `Thunderbird shows a mail to ${address}, ready to be sent.`,
  steps: Object.freeze([
    'In Thunderbird’s window Encrypt is on; press it, if you set this mailbox up by hand. Press Send.',
    'Wait until the mail arrives, and open it. It has this subject:',
    'S/MIME in its header says that it was encrypted and signed. Click it to see by whom.',
  ]),
  notSeen: 'If Encrypt is off or S/MIME does not show, press Check on the mailbox’s own page: it tells why.',
});
