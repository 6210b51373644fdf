import * as v from 'valibot';
import { ACCOUNT_ATTENTION, ACCOUNT_LINKS, ACCOUNT_SLICES } from './account-slices.ts';
import { failureSchema } from './schemas/failure.ts';
import { mailboxSetup, mailboxState, personView } from './schemas/mail.ts';
import {
  listOf,
  longText,
  mailAddress,
  pathText,
  profileId,
  shortText,
  timeSpan,
  timestamp,
} from './schemas/values.ts';

/**
 * What the page shows, as the shell says it: one snapshot at the start, then each slice anew when it changes. The page
 * computes nothing that the shell also knows. No path is in it except where a person put it in or asks for it.
 */

/** One place where a mailbox is set up: an identity in a profile of a client. */
export const placeView = v.object({
  profileId,
  product: v.picklist(['Thunderbird', 'Betterbird']),
  version: v.nullable(shortText),
  profileName: shortText,
  /** Another profile than the one the client starts with: worth its name. */
  inUse: v.boolean(),
  running: v.boolean(),
  accountName: shortText,
  identityName: shortText,
  setup: mailboxSetup,
});

export const mailboxView = v.object({
  address: mailAddress,
  name: shortText,
  state: mailboxState,
  /** Ticked by itself at the first start. */
  suggested: v.boolean(),
  /** Why it is not ticked, or what it waits for. */
  reasons: listOf(failureSchema),
  places: listOf(placeView),
});

const mailboxesView = v.object({
  rows: listOf(mailboxView),
  /** What stood in the way of finding mailboxes; with no row, the first says why there is none. */
  problems: listOf(failureSchema),
  /** Null until they were looked for once. */
  lookedAt: v.nullable(timestamp),
});

/** Whether the part that does the work can. */
const agentView = v.variant('state', [
  v.object({ state: v.literal('starting') }),
  v.object({ state: v.literal('ready') }),
  v.object({
    state: v.literal('closed'),
    failure: failureSchema,
    /** The keychain that was chosen when the data was made; null: there is no data yet. */
    keychain: v.nullable(v.picklist(['os', 'file'])),
  }),
  v.object({ state: v.literal('removed') }),
]);

/**
 * One thing that needs the person, with what its one button does:
 * `close-client`: a client must be closed (*I have closed it*) · `changed-by-hand`: *Put back* / *Leave* on the mailbox ·
 * `mailbox`: something is wrong with a mailbox (*Look*) · `problem`: something could not be read (*Look again*) ·
 * `keys-end`: people to whom mail goes plain because their key ended, or soon will (*Look*) · `back-up`: there is something
 * to lose and no backup (*Back up*) · and those of account and devices.
 */
export const attentionItem = v.variant('kind', [
  v.object({
    kind: v.literal('close-client'),
    profileId,
    product: shortText,
    profileName: shortText,
    inUse: v.boolean(),
    addresses: listOf(mailAddress),
  }),
  v.object({ kind: v.literal('changed-by-hand'), address: mailAddress, failure: failureSchema }),
  v.object({ kind: v.literal('mailbox'), address: mailAddress, failure: failureSchema }),
  v.object({ kind: v.literal('problem'), failure: failureSchema }),
  v.object({
    kind: v.literal('keys-end'),
    hasEnded: v.boolean(),
    addresses: listOf(mailAddress),
    /** When the first of them ends, or ended. */
    endsAt: timestamp,
  }),
  v.object({ kind: v.literal('back-up') }),
  ...ACCOUNT_ATTENTION,
]);

/** What goes on now, for each mailbox it is about. */
export const jobView = v.object({
  kind: v.picklist(['enable', 'disable', 'reconcile', 'people', 'settings', 'remove']),
  mailboxes: listOf(
    v.object({
      address: mailAddress,
      /** `keys`: being made · `client`: being set up or taken back · `waiting`: for a client to be closed · `done` · `failed`. */
      step: v.picklist(['queued', 'keys', 'client', 'waiting', 'done', 'failed']),
      /** Why it waits or failed. */
      failure: v.nullable(failureSchema),
      /** Whose profile it waits for. */
      profileId: v.nullable(profileId),
    }),
  ),
  isRunning: v.boolean(),
});

export const settingsView = v.object({
  /** See `Settings.autoDisable` of the agent. */
  autoDisable: v.boolean(),
  theme: v.picklist(['system', 'light', 'dark']),
  /** Null: this system can not be asked. */
  openAtLogin: v.nullable(v.boolean()),
  /** Folders that the person pointed at. */
  folders: listOf(pathText),
  lastBackupAt: v.nullable(timestamp),
});

/** What does not change while the window is open. */
export const aboutView = v.object({
  version: shortText,
  platform: v.picklist(['linux', 'win32', 'darwin', 'other']),
  /** "Electron 45.4.1", or what stands in for it. */
  runtime: shortText,
});

export const APP_SLICES = Object.freeze({
  agent: agentView,
  mailboxes: mailboxesView,
  people: listOf(personView),
  attention: listOf(attentionItem),
  job: v.nullable(jobView),
  /** From when to when Endymail did nothing, until the person has read it; null: nothing to tell. */
  gap: v.nullable(timeSpan),
  settings: settingsView,
  about: aboutView,
  ...ACCOUNT_SLICES,
});

/** The snapshot. */
export const appView = v.object(APP_SLICES);
/** What has changed: each slice that is named stands in the place of the one before. */
export const appChange = v.object({
  agent: v.exactOptional(APP_SLICES.agent),
  mailboxes: v.exactOptional(APP_SLICES.mailboxes),
  people: v.exactOptional(APP_SLICES.people),
  attention: v.exactOptional(APP_SLICES.attention),
  job: v.exactOptional(APP_SLICES.job),
  gap: v.exactOptional(APP_SLICES.gap),
  settings: v.exactOptional(APP_SLICES.settings),
  about: v.exactOptional(APP_SLICES.about),
  account: v.exactOptional(APP_SLICES.account),
  devices: v.exactOptional(APP_SLICES.devices),
  pending: v.exactOptional(APP_SLICES.pending),
  joining: v.exactOptional(APP_SLICES.joining),
  joiningProblem: v.exactOptional(APP_SLICES.joiningProblem),
  invitation: v.exactOptional(APP_SLICES.invitation),
  invitedTo: v.exactOptional(APP_SLICES.invitedTo),
} satisfies Record<keyof typeof APP_SLICES, unknown>);

/** Where a notification, a deep link or the tray leads. Never to something that is done by itself. */
export const screenLink = v.variant('screen', [
  v.object({ screen: v.literal('home') }),
  v.object({ screen: v.literal('mailbox'), address: mailAddress }),
  v.object({ screen: v.literal('people') }),
  v.object({ screen: v.literal('settings') }),
  v.object({ screen: v.literal('help') }),
  ...ACCOUNT_LINKS,
]);

/** How work ended, in what the page says of it. */
export const workView = v.object({
  waiting: listOf(v.object({ profileId, profileName: shortText, product: shortText, failure: failureSchema })),
  /** What the person had changed since and was left so. */
  left: listOf(v.object({ name: longText, address: v.nullable(mailAddress) })),
});

export type AppView = v.InferOutput<typeof appView>;
export type AppChange = v.InferOutput<typeof appChange>;
export type AgentView = AppView['agent'];
export type MailboxesView = AppView['mailboxes'];
export type MailboxView = v.InferOutput<typeof mailboxView>;
export type PlaceView = v.InferOutput<typeof placeView>;
export type AttentionItem = v.InferOutput<typeof attentionItem>;
export type JobView = v.InferOutput<typeof jobView>;
export type SettingsView = v.InferOutput<typeof settingsView>;
export type AboutView = v.InferOutput<typeof aboutView>;
export type ScreenLink = v.InferOutput<typeof screenLink>;
export type WorkView = v.InferOutput<typeof workView>;
