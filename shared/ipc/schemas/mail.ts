import * as v from 'valibot';
import type {
  ApplyReport,
  ChangedByHand,
  ChangePlan,
  ClientIdentity,
  ClientProfile,
  MailboxCheck,
  MailboxList,
  MailboxState,
  PersonView,
} from '../../mail/index.ts';
import { failureSchema } from './failure.ts';
import { listOf, longText, mailAddress, pathText, profileId, shortText, timestamp } from './values.ts';

/** The domain words of shared/mail as they cross a border. Each is held to its type by the annotation. */

const prefValue = v.nullable(v.union([longText, v.pipe(v.number(), v.finite()), v.boolean()]));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const changedByHandChoice = v.picklist(['leave', 'put-back']);

export const mailboxState: v.GenericSchema<MailboxState> = v.picklist([
  'off',
  'ready',
  'protected',
  'by-hand',
  'waiting',
  'needs-you',
]);

export const mailboxSetup = v.picklist(['none', 'endymail', 'own-smime', 'own-openpgp']);

const clientIdentity: v.GenericSchema<ClientIdentity> = v.object({
  id: shortText,
  address: mailAddress,
  name: shortText,
  account: v.object({
    id: shortText,
    name: shortText,
    serverType: shortText,
    serverHost: shortText,
    userName: shortText,
  }),
  isDefault: v.boolean(),
  signingKey: v.nullable(longText),
  encryptionKey: v.nullable(longText),
  openPgpKey: v.nullable(shortText),
  encryptionPolicy: v.number(),
  signMail: v.boolean(),
});

export const clientProfile: v.GenericSchema<ClientProfile> = v.object({
  id: profileId,
  product: v.picklist(['Thunderbird', 'Betterbird']),
  packaging: v.picklist(['native', 'flatpak', 'snap', 'store']),
  path: pathText,
  name: shortText,
  inUse: v.boolean(),
  version: v.nullable(shortText),
  program: v.nullable(pathText),
  running: v.boolean(),
  primaryPassword: v.nullable(v.boolean()),
  autoEnable: v.boolean(),
  autoDisable: v.boolean(),
  overruled: listOf(
    v.object({ name: shortText, value: prefValue, by: v.picklist(['user.js', 'policy', 'autoconfig']) }),
  ),
  identities: listOf(clientIdentity),
  problems: listOf(failureSchema),
});

export const mailboxList: v.GenericSchema<MailboxList> = v.object({
  rows: listOf(
    v.object({
      address: mailAddress,
      name: shortText,
      state: mailboxState,
      places: listOf(v.object({ profile: clientProfile, identity: clientIdentity, setup: mailboxSetup })),
      suggested: v.boolean(),
      reasons: listOf(failureSchema),
    }),
  ),
  problems: listOf(failureSchema),
});

const changedByHand: v.GenericSchema<ChangedByHand> = v.object({
  what: v.picklist(['pref', 'certificate']),
  name: longText,
  address: v.nullable(mailAddress),
  ours: prefValue,
  now: prefValue,
  before: prefValue,
});

export const changePlan: v.GenericSchema<ChangePlan> = v.object({
  profileId,
  profileName: shortText,
  profilePath: pathText,
  steps: listOf(
    v.variant('kind', [
      v.object({
        kind: v.literal('set-pref'),
        name: longText,
        from: prefValue,
        to: prefValue,
        scope: v.picklist(['identity', 'profile']),
        address: v.nullable(mailAddress),
      }),
      v.object({ kind: v.literal('import-key'), address: mailAddress, certificateId: shortText }),
      v.object({
        kind: v.picklist(['add-certificate', 'remove-certificate']),
        role: v.picklist(['own-authority', 'own-certificate', 'anchor', 'cross-certificate', 'person']),
        address: v.nullable(mailAddress),
        certificateId: shortText,
      }),
    ]),
  ),
  consents: listOf(
    v.object({
      kind: v.literal('profile-wide'),
      identities: listOf(
        v.object({
          identityId: shortText,
          address: mailAddress,
          loses: v.picklist(['require-encryption', 'encrypt-by-default', 'own-smime', 'own-openpgp']),
        }),
      ),
    }),
  ),
  changedByHand: listOf(changedByHand),
  knownPeople: count,
  obstacles: listOf(failureSchema),
});

export const applyReport: v.GenericSchema<ApplyReport> = v.object({
  profileId,
  applied: count,
  changedByHand: listOf(changedByHand),
});

export const mailboxCheck: v.GenericSchema<MailboxCheck> = v.object({
  address: mailAddress,
  place: v.nullable(v.object({ profileName: shortText, profilePath: pathText, identityId: shortText })),
  steps: listOf(
    v.object({
      link: v.picklist(['account', 'keys', 'certificate', 'client', 'delivery']),
      state: v.picklist(['holds', 'broken', 'unknown']),
      says: longText,
      failure: v.nullable(failureSchema),
    }),
  ),
  changedByHand: listOf(changedByHand),
  people: count,
});

export const personView: v.GenericSchema<PersonView> = v.object({
  address: mailAddress,
  name: shortText,
  fingerprint: shortText,
  addedAt: timestamp,
  certificateExpiresAt: timestamp,
});
