import type { JobView } from '@endymail/shared/ipc';

export const TURN_OFF = Object.freeze({
  heading: 'Turn off and undo',
  lead: (address: string): string => `Mail from ${address} is then sent unencrypted, to everyone.`,
  returnedHeading: 'What is returned',
  returned:
    'Everything that Endymail set in Thunderbird for this mailbox is taken back: Thunderbird gets what stood there before.',
  keptHeading: 'What is kept',
  kept: 'The keys stay in Thunderbird, so that encrypted mail you have already got opens as before. The people you added stay, too.',
  changedHeading: 'What you changed',
  changed: 'You changed something since Endymail set it. What shall become of that?',
  leave: 'Leave it as I have it',
  putBack: 'Put it back as it was before Endymail',
  confirm: 'Turn off and undo',
  working: 'Putting Thunderbird back…',
  done: (address: string): string => `${address} is off. Mail from it goes as before Endymail.`,
  looking: 'Looking for what you changed…',
});

const JOB_STEPS: Readonly<Record<JobView['mailboxes'][number]['step'], string>> = Object.freeze({
  queued: 'Comes next',
  keys: 'Keys',
  client: 'Being put back',
  waiting: 'Waits for Thunderbird to be closed',
  done: 'Done',
  failed: 'Not done',
});

/** What goes on with one mailbox while it is turned off. */
export const jobStepWords = (step: JobView['mailboxes'][number]['step']): string => JOB_STEPS[step];
