import type { AppView } from '@endymail/shared/ipc';

/** Which of the devices that ask to join is in front of the person. The requests themselves are the shell's. */
export interface Asking {
  /** The one whose question stands open; it stays that one whatever comes and goes behind it. */
  readonly shown: string | null;
  /** The one that asked while the person was busy: a line says so. */
  readonly held: string | null;
  /** What the person put off: it stays in the lists, and asks no more by itself. */
  readonly putOff: readonly string[];
}

type Pending = AppView['pending'];

export const NOBODY_ASKS: Asking = Object.freeze({ shown: null, held: null, putOff: [] });

/** An answer that was put off while it waited asks again when it has ended. */
const answerKey = ({ id, kind }: NonNullable<Pending['answered']>): string => `${id} ${kind}`;

/** Whose turn it is: the one that was answered and not read, then the first that asked; null: nobody's. */
export function frontOf({ devices, answered }: Pending, { putOff }: Asking): string | null {
  if (answered !== null && !putOff.includes(answerKey(answered))) return answered.id;
  return devices.find(({ id }) => !putOff.includes(id) && id !== answered?.id)?.id ?? null;
}

/** Opens the question of one device, whether it was put off or not. */
export const opened = ({ putOff }: Asking, id: string): Asking => ({
  shown: id,
  held: null,
  putOff: putOff.filter((one) => one !== id),
});

/** One asks while the person is busy with something that must not be taken from them. */
export const heldBack = (asking: Asking, id: string): Asking => ({ ...asking, held: id });

/** *Decide later*: everything that asks now is put off, so that closing one question does not open the next. */
export const putOffAll = ({ devices, answered }: Pending): Asking => ({
  shown: null,
  held: null,
  putOff: [...devices.map(({ id }) => id), ...(answered === null ? [] : [answerKey(answered)])],
});

/** The person has read how it ended: the next may ask. */
export const read = ({ putOff }: Asking, { answered }: Pending): Asking => ({
  shown: null,
  held: null,
  putOff: answered === null ? putOff : [...putOff, answerKey(answered)],
});
