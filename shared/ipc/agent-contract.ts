import * as v from 'valibot';
import { ACCOUNT_CALLS } from './account-calls.ts';
import { call, type Client, type EventOf } from './contract.ts';
import { failureSchema } from './schemas/failure.ts';
import {
  applyReport,
  changedByHandChoice,
  changePlan,
  clientProfile,
  mailboxCheck,
  mailboxList,
  personView,
} from './schemas/mail.ts';
import {
  LIMITS,
  bytes,
  listOf,
  longText,
  mailAddress,
  pathText,
  profileId,
  secretText,
  shortText,
  timeSpan,
} from './schemas/values.ts';

/**
 * The agent that owns a home folder, for every other process on it: window, command line, a second window. Only who
 * has proved to read files of that folder gets as far as this (main/agent/serving). A call waits for the one before it.
 */

const enableOptions = v.strictObject({
  algorithm: v.exactOptional(v.picklist(['ec-p256', 'rsa-3072'])),
  acceptProfileWide: v.exactOptional(v.boolean()),
  byHand: v.exactOptional(v.boolean()),
  replaceOwn: v.exactOptional(v.boolean()),
  changedByHand: v.exactOptional(changedByHandChoice),
});

const disableOptions = v.strictObject({ changedByHand: v.exactOptional(changedByHandChoice) });

const workReport = v.object({
  done: listOf(applyReport),
  waiting: listOf(v.object({ profile: clientProfile, why: failureSchema })),
});

const settings = v.object({ autoDisable: v.boolean() });

const someAddresses = listOf(mailAddress);

const nothing = v.undefined();

/**
 * Whether the home is open. While it is opening, what is asked waits; while it is closed, every call but `status`, `open`,
 * `restore` and `startOver` fails with `failure`.
 */
export const homeStatus = v.variant('kind', [
  v.object({ kind: v.literal('opening') }),
  v.object({ kind: v.literal('open') }),
  v.object({
    kind: v.literal('closed'),
    failure: failureSchema,
    /** The keychain that was chosen when the data was made; null: there is no data yet. */
    keychain: v.nullable(v.picklist(['os', 'file'])),
  }),
  /** `remove` was done: nothing is here any more. Calls work, and what is enabled makes new data (`open`). */
  v.object({ kind: v.literal('removed') }),
]);

export type HomeStatus = v.InferOutput<typeof homeStatus>;

export const AGENT_CALLS = Object.freeze({
  status: call([], homeStatus),
  /** Opens the home, or tries again. A passphrase chooses the file keychain: where it is used already, or for new data. */
  open: call([v.strictObject({ passphrase: v.nullable(secretText) })], homeStatus),
  restore: call(
    [
      v.strictObject({
        file: bytes,
        backupPassphrase: secretText,
        setAside: v.boolean(),
        /** Null: the keychain of the operating system. */
        keychainPassphrase: v.nullable(secretText),
      }),
    ],
    v.object({
      setAsideAs: v.nullable(pathText),
      mailboxesOff: someAddresses,
      accountLeftOut: v.exactOptional(longText),
    }),
  ),
  startOver: call([], v.object({ setAsideAs: pathText })),

  mailboxes: call([], mailboxList),
  plan: call([someAddresses, enableOptions], listOf(changePlan)),
  enable: call([someAddresses, enableOptions], workReport),
  disable: call([v.union([someAddresses, v.literal('all')]), disableOptions], workReport),
  reconcile: call([], workReport),
  check: call([v.nullable(mailAddress)], listOf(mailboxCheck)),
  openTestMail: call([mailAddress], shortText),
  openClient: call([profileId], nothing),
  exportKey: call([mailAddress, secretText], bytes),
  share: call(
    [mailAddress],
    v.object({ text: v.pipe(v.string(), v.maxLength(LIMITS.publicPartMaxChars)), fingerprint: shortText }),
  ),
  readPublicPart: call([v.pipe(v.string(), v.maxLength(LIMITS.publicPartMaxChars))], personView),
  addPerson: call([v.pipe(v.string(), v.maxLength(LIMITS.publicPartMaxChars)), shortText], workReport),
  removePerson: call([mailAddress], workReport),
  people: call([], listOf(personView)),
  settings: call([], settings),
  changeSettings: call([v.strictObject({ autoDisable: v.exactOptional(v.boolean()) })], workReport),
  folders: call([], listOf(pathText)),
  addFolder: call([pathText], mailboxList),
  removeFolder: call([pathText], mailboxList),
  backup: call([secretText], bytes),
  /** The last time of more than a day in which this home was not served, until it is dismissed; null: none. */
  gap: call([], v.nullable(timeSpan)),
  dismissGap: call([], nothing),
  remove: call([disableOptions], workReport),

  ...ACCOUNT_CALLS,

  /** Ends the process that serves, once what it does is whole. */
  stop: call([], nothing),
});

export const AGENT_EVENTS = Object.freeze({
  /** Something that calls answer may have changed: ask again. */
  changed: v.object({}),
  status: homeStatus,
  /** What the work does that goes on now, whoever asked for it. */
  progress: v.object({
    kind: v.picklist(['making-keys', 'setting-up', 'taking-back', 'set-up', 'waiting']),
    address: v.nullable(mailAddress),
    profile: v.nullable(clientProfile),
    command: longText,
  }),
});

export type AgentClient = Client<typeof AGENT_CALLS>;
export type AgentProgress = EventOf<typeof AGENT_EVENTS, 'progress'>;
