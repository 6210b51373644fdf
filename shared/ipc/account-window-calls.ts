import * as v from 'valibot';
import { call } from './contract.ts';
import { accountView, approvedDevice, certificateView, deviceView, hexId, joinView } from './schemas/account.ts';
import { listOf, longText, secretText, shortText, timestamp } from './schemas/values.ts';

const nothing = v.undefined();
const writtenFile = v.nullable(v.object({ fileName: shortText }));
const wordPosition = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(24));

/** What the person has on paper. `mark`: what stands below the words as *As of*, if they typed it. */
const recoveryPaper = v.strictObject({ name: shortText, words: secretText, mark: v.nullable(shortText) });

/** How many of the recovery words are asked for, to see that they were written down. */
export const WORDS_ASKED_FOR = 3;

/** The calls of the page about account and devices: a part of `WINDOW_CALLS`. */
export const ACCOUNT_WINDOW_CALLS = Object.freeze({
  /** `service`: the name is whole, `alice@mesh.example.org`; `here`: only what stands before the @. */
  accountCreate: call([v.strictObject({ name: shortText, where: v.picklist(['service', 'here']) })], accountView),
  /**
   * The recovery words, in their order. The one answer to the page that holds a key of the account: the person has asked
   * to see them, and the page forgets them with the screen that shows them.
   */
  accountWords: call([], listOf(shortText)),
  /** *I have written them down*: some of the words, by their place from 1. Errors: `words-wrong`, `words-none`. */
  accountConfirmWords: call(
    [
      v.pipe(
        v.array(v.strictObject({ position: wordPosition, word: secretText })),
        v.minLength(WORDS_ASKED_FOR),
        v.maxLength(24),
        v.check((asked) => new Set(asked.map(({ position }) => position)).size === asked.length),
      ),
    ],
    nothing,
  ),
  /** *Save as PDF…*: the shell asks where to. */
  saveWords: call([], writtenFile),
  /** *Print*: the system's own dialogue. */
  printWords: call([], nothing),

  joinRequest: call([shortText], joinView),
  /** Reads a link that was pasted, which then stands in `invitedTo`. Errors: `invitation-invalid`, `account-exists`. */
  readLink: call([secretText], nothing),
  /** Joins by the link of `invitedTo`. Errors: `invitation-…`, `account-exists`, `mesh-…`. */
  joinByLink: call([], joinView),
  /** *Cancel*: the link is forgotten. */
  forgetLink: call([], nothing),
  joinGiveUp: call([], nothing),
  /** The person has read how joining ended. */
  dismissJoining: call([], nothing),

  /** Waits for the other device for a while; `pending.answered` says the same as the answer. */
  approve: call([hexId, secretText, v.strictObject({ mayApprove: v.boolean() })], approvedDevice),
  /** *It was not me*. */
  reject: call([hexId], nothing),
  /** The person has read what `pending.answered` says. */
  dismissAnswer: call([], nothing),

  /** Makes an invitation, or answers with the one that still holds: for the one screen that shows its link. */
  invite: call([], v.object({ link: shortText, expiresAt: timestamp })),
  copyInvitation: call([], nothing),
  /** The screen of the invitation is over: the shell forgets the link. It holds on until it expires or is used. */
  dismissInvitation: call([], nothing),

  /**
   * `words`: the recovery words, or null. `waits`: the device may approve others and no words were given, so that the
   * removal was announced and is done from then on.
   */
  removeDevice: call(
    [hexId, v.nullable(secretText)],
    v.variant('kind', [
      v.object({
        kind: v.literal('removed'),
        device: deviceView,
        renewed: listOf(shortText),
        tasks: listOf(longText),
      }),
      v.object({ kind: v.literal('waits'), device: deviceView, holdsFrom: timestamp }),
    ]),
  ),
  suspendDevice: call([hexId], nothing),
  resumeDevice: call([hexId], nothing),
  cancelAct: call([shortText], nothing),
  taskDone: call([shortText], nothing),
  syncNow: call([], nothing),
  /** The person has looked at another device, and takes over what none has confirmed. */
  syncAnyway: call([], nothing),

  /** For an account that is kept here: whether the person's other devices may reach it. */
  accountReachable: call([v.boolean()], nothing),
  /** What the service proves itself with now, beside what it was known by. */
  serviceCertificate: call([], certificateView),
  /** The person has compared what the service shows now. Error `service-certificate-changed`: it is yet another one. */
  trustCertificate: call([v.nullable(shortText)], nothing),

  /**
   * What the recovery words would bring back, as of when, before it is done. With the mark that is printed below the words
   * an older state of the account is refused (`recover-older`).
   */
  recoverPreview: call([recoveryPaper], v.object({ asOf: v.nullable(timestamp), devices: listOf(deviceView) })),
  /** Brings the account back to this computer; every device is removed whose id is not in the list. */
  recover: call([recoveryPaper, listOf(hexId)], accountView),
  /** This computer forgets an account that it no longer takes part in; keys for reading old mail stay. */
  leaveAccount: call([], nothing),
});
