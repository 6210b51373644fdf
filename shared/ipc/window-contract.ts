import * as v from 'valibot';
import { ACCOUNT_WINDOW_CALLS } from './account-window-calls.ts';
import { call, type Client } from './contract.ts';
import { changedByHandChoice, changePlan, mailboxCheck, personView } from './schemas/mail.ts';
import { LIMITS, listOf, longText, mailAddress, pathText, profileId, secretText, shortText } from './schemas/values.ts';
import { appChange, appView, screenLink, workView } from './views.ts';

/**
 * Between the shell and its page. The page is not trusted: it names things by address or id, gets no bytes and no key,
 * and whatever is written to or read from a file goes through a dialogue that the shell opens. A dialogue that the
 * person dismisses answers null.
 */

const nothing = v.undefined();
const publicPart = v.pipe(v.string(), v.maxLength(LIMITS.publicPartMaxChars));
const someAddresses = listOf(mailAddress);

/** What the person said to a plan. */
const enableChoices = v.strictObject({
  acceptProfileWide: v.exactOptional(v.boolean()),
  byHand: v.exactOptional(v.boolean()),
  replaceOwn: v.exactOptional(v.boolean()),
  changedByHand: v.exactOptional(changedByHandChoice),
});

/** The file that was written, by its name alone. */
const writtenFile = v.nullable(v.object({ fileName: shortText }));

export const WINDOW_CALLS = Object.freeze({
  /** Everything that is shown, once; then come `changed` events. */
  snapshot: call([], appView),
  lookAgain: call([], nothing),
  /** *Other folder…*: the shell asks which. */
  addFolder: call([], v.nullable(v.object({ found: v.pipe(v.number(), v.integer()) }))),
  removeFolder: call([pathText], nothing),

  plan: call([someAddresses, enableChoices], listOf(changePlan)),
  enable: call([someAddresses, enableChoices], workView),
  disable: call(
    [
      v.union([someAddresses, v.literal('all')]),
      v.strictObject({ changedByHand: v.exactOptional(changedByHandChoice) }),
    ],
    workView,
  ),
  /** *I have closed it*, *Try again*. */
  finishWaiting: call([], workView),
  /** Forgets a job that has ended, so that the home shows again. */
  dismissJob: call([], nothing),
  /** The person has read from when to when nothing was done. */
  dismissGap: call([], nothing),
  openClient: call([profileId], nothing),
  check: call([v.nullable(mailAddress)], listOf(mailboxCheck)),
  /** The subject to look for. */
  openTestMail: call([mailAddress], shortText),

  exportForPhone: call([mailAddress, secretText], writtenFile),
  shareToFile: call([mailAddress], v.nullable(v.object({ fileName: shortText, fingerprint: shortText }))),
  /** *Add somebody…*: the shell asks for the file. */
  choosePublicPart: call([], v.nullable(v.object({ text: publicPart, person: personView }))),
  /** A file that was dropped on the window, or pasted text. */
  readPublicPart: call([publicPart], personView),
  addPerson: call([publicPart, shortText], workView),
  removePerson: call([mailAddress], workView),

  changeSettings: call(
    [
      v.strictObject({
        autoDisable: v.exactOptional(v.boolean()),
        theme: v.exactOptional(v.picklist(['system', 'light', 'dark'])),
        openAtLogin: v.exactOptional(v.boolean()),
      }),
    ],
    nothing,
  ),

  backUp: call([secretText], writtenFile),
  /**
   * *Restore a backup…*: the shell asks for the file. `setAside`: data that is here is moved out of the way.
   * `mailboxesOff`: their keys are here, and Thunderbird gets them only when the mailbox is enabled. `accountLeftOut`: the
   * account to which the backup's computer belonged: this one joins it anew.
   */
  restore: call(
    [v.strictObject({ passphrase: secretText, setAside: v.boolean(), keychainPassphrase: v.nullable(secretText) })],
    v.nullable(
      v.object({
        setAsideAs: v.nullable(pathText),
        mailboxesOff: someAddresses,
        accountLeftOut: v.exactOptional(longText),
      }),
    ),
  ),
  startOver: call([], v.object({ setAsideAs: pathText })),
  /** Tries to open the data again; with a passphrase for a file keychain, or to choose one where there is no keychain. */
  unlock: call([v.strictObject({ passphrase: v.nullable(secretText) })], nothing),
  remove: call([v.strictObject({ changedByHand: v.exactOptional(changedByHandChoice) })], workView),

  copyText: call([v.pipe(v.string(), v.maxLength(LIMITS.publicPartMaxChars))], nothing),
  /** Opens one of our own pages in the browser. */
  openPage: call([v.picklist(['thunderbird-download'])], nothing),
  quit: call([], nothing),

  ...ACCOUNT_WINDOW_CALLS,
});

export const WINDOW_EVENTS = Object.freeze({
  changed: appChange,
  /** Show this screen. */
  open: screenLink,
});

export type WindowClient = Client<typeof WINDOW_CALLS>;
