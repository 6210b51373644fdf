import { assertNever } from '@endymail/shared/result';
import type { AppView, AttentionItem, ScreenLink } from '@endymail/shared/ipc';
import { TEXTS } from './texts.ts';

/** What the system shows beside its clock. A click leads to a screen; nothing is ever decided by it. */
export interface Note {
  /** Tells one thing from another, so that each is told once. */
  readonly key: string;
  readonly title: string;
  readonly body: string;
  readonly link: ScreenLink;
}

/** A condition that a person should hear of who does not look at the window: what holds now, as notes. */
export type NoteProvider = (view: AppView) => readonly Note[];

/** Every condition. What is a thing of attention in the window is a note by the same item. */
export const NOTE_PROVIDERS: readonly NoteProvider[] = Object.freeze([
  ({ attention }) => attention.flatMap(attentionNote),
  closedNote,
  doneNote,
]);

/** The screen where this thing has its button. */
export function linkOf(item: AttentionItem): ScreenLink {
  switch (item.kind) {
    case 'changed-by-hand':
    case 'mailbox':
      return { screen: 'mailbox', address: item.address };
    case 'close-client':
    case 'problem':
    case 'back-up':
      return { screen: 'home' };
    case 'keys-end':
      return { screen: 'people' };
    case 'join-request':
      return { screen: 'join-prompt', id: item.id };
    case 'act-waits':
    case 'task':
      return { screen: 'devices' };
    case 'account':
    case 'write-words':
      return { screen: 'account' };
    default:
      return assertNever(item);
  }
}

function attentionNote(item: AttentionItem): readonly Note[] {
  const words = TEXTS.notifications;
  const link = linkOf(item);
  switch (item.kind) {
    case 'close-client':
      return [
        {
          key: `close-client ${item.profileId} ${item.addresses.join(' ')}`,
          title: words.closeTitle(item.product),
          body: words.closeBody(item.addresses),
          link,
        },
      ];
    case 'changed-by-hand':
      return [
        { key: `changed ${item.address}`, title: words.changedTitle, body: words.changedBody(item.address), link },
      ];
    case 'mailbox':
      return [
        {
          key: `mailbox ${item.address} ${item.failure.code}`,
          title: words.mailboxTitle,
          body: words.mailboxBody(item.address),
          link,
        },
      ];
    case 'keys-end': {
      const { hasEnded, addresses } = item;
      const title = hasEnded ? words.keysEndedTitle : words.keysEndTitle;
      return [
        { key: `keys-end ${String(hasEnded)} ${addresses.join(' ')}`, title, body: words.keysEndBody(addresses), link },
      ];
    }
    case 'join-request':
      return [{ key: `join ${item.id}`, title: words.joinTitle, body: words.joinBody, link }];
    case 'act-waits':
      return [{ key: `act ${item.id}`, title: words.actTitle(item.deviceName), body: words.actBody, link }];
    case 'account':
      return [{ key: `account ${item.failure.code}`, title: words.accountTitle, body: item.failure.message, link }];
    // None of them calls a person away from what they do: the first is told when they look, the others have time.
    case 'problem':
    case 'back-up':
    case 'task':
    case 'write-words':
      return [];
    default:
      return assertNever(item);
  }
}

function closedNote({ agent }: AppView): readonly Note[] {
  if (agent.state !== 'closed') return [];
  const { code, message } = agent.failure;
  return [{ key: `closed ${code}`, title: TEXTS.notifications.closedTitle, body: message, link: { screen: 'home' } }];
}

/** What waited for a client to be closed was done by itself. */
function doneNote({ job }: AppView): readonly Note[] {
  if (job?.kind !== 'reconcile' || job.isRunning || job.mailboxes.length === 0) return [];
  const { doneTitle, doneBody } = TEXTS.notifications;
  const addresses = job.mailboxes.filter(({ step }) => step === 'done').map(({ address }) => address);
  if (addresses.length < job.mailboxes.length) return [];
  return [
    { key: `done ${addresses.join(' ')}`, title: doneTitle, body: doneBody(addresses), link: { screen: 'home' } },
  ];
}

/** At the most so many notes in so much time; what is more is told by the tray alone. */
export const NOTES_MAX = 3;
export const NOTES_PER_MS = 60 * 60 * 1_000;

export interface NotifierParts {
  readonly providers: readonly NoteProvider[];
  readonly show: (note: Note) => void;
  /** A person who has the window before them sees it there. */
  readonly isWindowSeen: () => boolean;
  /** Milliseconds of a clock that only goes forward. */
  readonly clock: () => number;
}

/** Looks at each new view, and tells what holds newly: each thing once for as long as it holds, and not too many. */
export function createNotifier(parts: NotifierParts): (view: AppView) => void {
  let told = new Set<string>();
  let times: number[] = [];

  return (view) => {
    const notes = parts.providers.flatMap((provider) => provider(view));
    const fresh = notes.filter(({ key }) => !told.has(key));
    // What has ended and comes again later is told again then.
    told = new Set(notes.map(({ key }) => key));
    if (parts.isWindowSeen()) return;
    times = times.filter((time) => parts.clock() - time < NOTES_PER_MS);
    for (const note of fresh.slice(0, NOTES_MAX - times.length)) {
      times.push(parts.clock());
      parts.show(note);
    }
  };
}
