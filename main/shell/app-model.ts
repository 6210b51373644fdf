import { isDeepStrictEqual } from 'node:util';
import type { AppChange, AppView } from '@endymail/shared/ipc';

/** What the windows show: the truth of the shell, slice by slice. */
export interface AppModel {
  readonly view: () => AppView;
  /** Puts these slices in the place of those before. What is as it was is not told. */
  readonly change: (change: AppChange) => void;
}

export interface AppModelParts {
  readonly initial: AppView;
  /** Hears what has changed since it heard last, once for all the changes of one turn. */
  readonly onChange: (change: AppChange, view: AppView) => void;
  /** Runs something when this turn is over; `setImmediate` unless given. */
  readonly later?: (task: () => void) => void;
}

export function createAppModel({ initial, onChange, later = setImmediate }: AppModelParts): AppModel {
  let view = initial;
  let told = initial;
  let isDue = false;

  function tell(): void {
    isDue = false;
    const change = differenceOf(told, view);
    told = view;
    if (Object.keys(change).length > 0) onChange(change, view);
  }

  return {
    view: () => view,
    change: (change) => {
      view = { ...view, ...change };
      if (isDue) return;
      isDue = true;
      later(tell);
    },
  };
}

/** The slices of `after` that are not as in `before`. */
function differenceOf(before: AppView, after: AppView): AppChange {
  const change: AppChange = {};
  if (!isDeepStrictEqual(before.agent, after.agent)) change.agent = after.agent;
  if (!isDeepStrictEqual(before.mailboxes, after.mailboxes)) change.mailboxes = after.mailboxes;
  if (!isDeepStrictEqual(before.people, after.people)) change.people = after.people;
  if (!isDeepStrictEqual(before.attention, after.attention)) change.attention = after.attention;
  if (!isDeepStrictEqual(before.job, after.job)) change.job = after.job;
  if (!isDeepStrictEqual(before.gap, after.gap)) change.gap = after.gap;
  if (!isDeepStrictEqual(before.settings, after.settings)) change.settings = after.settings;
  if (!isDeepStrictEqual(before.about, after.about)) change.about = after.about;
  if (!isDeepStrictEqual(before.account, after.account)) change.account = after.account;
  if (!isDeepStrictEqual(before.devices, after.devices)) change.devices = after.devices;
  if (!isDeepStrictEqual(before.pending, after.pending)) change.pending = after.pending;
  if (!isDeepStrictEqual(before.joining, after.joining)) change.joining = after.joining;
  if (!isDeepStrictEqual(before.joiningProblem, after.joiningProblem)) change.joiningProblem = after.joiningProblem;
  if (!isDeepStrictEqual(before.invitation, after.invitation)) change.invitation = after.invitation;
  if (!isDeepStrictEqual(before.invitedTo, after.invitedTo)) change.invitedTo = after.invitedTo;
  return change;
}
