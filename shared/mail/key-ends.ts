import type { PersonView } from './views.ts';

/** Whether this person's key is over: Thunderbird then sends unencrypted to them, and says nothing. */
export const hasKeyEnded = ({ certificateExpiresAt }: PersonView, now: Date): boolean =>
  !(Date.parse(certificateExpiresAt) > now.getTime());

/** How many of them mail is encrypted to at this time. */
export const reachedCount = (people: readonly PersonView[], now: Date): number =>
  people.filter((person) => !hasKeyEnded(person, now)).length;
