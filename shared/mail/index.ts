export { parseMailAddress, type MailAddress } from './address.ts';
export { AUTO_DISABLE_PREF, AUTO_ENABLE_PREF } from './client.ts';
export type {
  ClientAccount,
  ClientIdentity,
  ClientProfile,
  Discovery,
  OverruledPref,
  Packaging,
  PrefValue,
  ProfileId,
} from './client.ts';
export { hasKeyEnded, reachedCount } from './key-ends.ts';
export type {
  ApplyReport,
  CertificateRole,
  ChangedByHand,
  ChangedByHandChoice,
  ChangePlan,
  NeededConsent,
  PlannedStep,
} from './plan.ts';
export type {
  ChainLink,
  ChainStep,
  MailboxCheck,
  MailboxList,
  MailboxPlace,
  MailboxRow,
  MailboxState,
  PersonView,
} from './views.ts';
