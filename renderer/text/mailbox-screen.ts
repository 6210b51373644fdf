/** What a mailbox's own screen says. */
export const MAILBOX_SCREEN = Object.freeze({
  check: 'Check',
  chainHeading: 'From your account to a delivered mail',
  lookedAt: (when: string): string => `checked ${when}`,
  checking: 'Checking…',
  offTitle: 'This mailbox is off.',
  off: 'Mail from it goes as any other mail.',
  gone: 'No mailbox with this address is on this computer any more.',
  more: 'What you can do',

  sendTest: 'Send a test mail to yourself',
  share: 'Share…',
  shareHint: 'The file for people who write to you',
  export: 'Export for a phone…',
  exportHint: 'So that protected mail can be read there, too',
  turnOff: 'Turn off and undo…',
  turnOffHint: 'Thunderbird gets back what stood there before',

  putBack: 'Put settings back',
  leave: 'Leave as I have it',
  enable: 'Enable…',
  enableAgain: 'Enable again',
  closedIt: 'I have closed it',
  lookAgain: 'Look again',
  tryAgain: 'Try again',
  putBackDone: 'The settings are back.',
  leftDone: 'Left as you have it.',
});
