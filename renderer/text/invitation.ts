import { counted } from './count.ts';

export const ADD_DEVICE = Object.freeze({
  title: 'Add a device',
  back: 'Devices',
  lead: 'There are two ways. The first is for a device in front of you.',

  ask: 'Ask on the new device',
  steps: Object.freeze([
    'Start Endymail on it, and choose “I already have an account”.',
    'Type the name of your account there:',
    'It shows six digits. Endymail on this computer asks you for them.',
  ]),
  copyName: 'Copy',

  invite: 'Or take an invitation there',
  means: 'A link for a device that is elsewhere. It holds ten minutes, and lets in one device, without digits.',
  make: 'Make an invitation',
  copy: 'Copy the link',
  copied: 'Copied. Paste it in Endymail on the new device.',
  picture: 'The invitation, to be read by the camera of the new device',
  warn: 'Whoever has this can join. Take it there so that nobody else sees it.',
  expired: 'This invitation holds no more.',
  again: 'Make a new one',
  show: 'Show the link',
});

const MS_PER_SECOND = 1000;
const SECONDS_PER_MINUTE = 60;

/** Whole seconds until then, never below zero. `until`: ISO 8601. */
export const secondsLeft = (until: string, now: Date): number =>
  Math.max(0, Math.ceil((new Date(until).getTime() - now.getTime()) / MS_PER_SECOND));

/** "9:05 left", for the eye. */
export function leftWords(seconds: number): string {
  const rest = String(seconds % SECONDS_PER_MINUTE).padStart(2, '0');
  return `${Math.floor(seconds / SECONDS_PER_MINUTE)}:${rest} left`;
}

const ANNOUNCED_MINUTES = Object.freeze([1, 5]);

/** For the ear: at the start, at five minutes and at one. The words stay the same in between, so that nothing is said. */
export function leftAnnounced(seconds: number): string {
  const minutes = ANNOUNCED_MINUTES.find((limit) => seconds <= limit * SECONDS_PER_MINUTE);
  return minutes === undefined ? 'It holds ten minutes.' : `Less than ${counted(minutes, 'minute', 'minutes')} left.`;
}
