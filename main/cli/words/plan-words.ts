import { assertNever } from '@endymail/shared/result';
import {
  AUTO_DISABLE_PREF,
  AUTO_ENABLE_PREF,
  type ChangePlan,
  type NeededConsent,
  type PlannedStep,
  type PrefValue,
} from '@endymail/shared/mail';

/** What a person should know before anything is protected. */
const DEVICES_NOTE = [
  'Protected mail can be read only on devices you add.',
  "Your phone's mail app and webmail will show an attachment named smime.p7m.",
].join('\n');

const UNDO_NOTE = 'All of it can be undone: endymail disable <address>, or endymail disable --all.';

const NEW_KEYS_NOTE = [
  'A key that Endymail does not have yet is made by endymail enable, not by a plan: the id of its certificate, and the',
  'settings that name it, will be other ones than here.',
].join('\n');

/** The plans of all profiles, for a person. `details` adds the exact settings and certificates. */
export function planWords(plans: readonly ChangePlan[], details: boolean): string {
  const changing = plans.filter((plan) => plan.steps.length > 0);
  if (changing.length === 0) {
    const obstacles = plans.flatMap((plan) => plan.obstacles);
    if (obstacles.length > 0) return plans.map((plan) => profileWords(plan, details)).join('\n\n');
    return 'Everything is set up already; nothing will be changed.';
  }
  return [...plans.map((plan) => profileWords(plan, details)), DEVICES_NOTE, UNDO_NOTE].join('\n\n');
}

/** The plans for somebody who only looks: a key that was made for them is not kept. */
export function previewWords(plans: readonly ChangePlan[], details: boolean): string {
  const words = planWords(plans, details);
  return details && plans.some(({ steps }) => steps.some(isSetUp)) ? `${words}\n\n${NEW_KEYS_NOTE}` : words;
}

function profileWords(plan: ChangePlan, details: boolean): string {
  return [
    `Thunderbird profile “${plan.profileName}”`,
    ...bullets(changes(plan)),
    ...bullets(plan.consents.flatMap(consentWords)),
    ...bullets(knownPeopleWords(plan)),
    ...bullets(
      plan.changedByHand.map(({ name, address }) => `Changed by you since, and left as it is: ${address ?? name}.`),
    ),
    ...plan.obstacles.map(({ message, advice }) => `  ! ${message}\n    ${advice}`),
    ...(details ? ['', `  Folder: ${plan.profilePath}`, ...plan.steps.map(detailWords)] : []),
  ].join('\n');
}

function changes(plan: ChangePlan): string[] {
  const { steps } = plan;
  const addresses = unique(steps.filter(isSetUp).map(({ address }) => address));
  const people = unique(steps.filter(({ kind }) => kind === 'add-certificate').flatMap(personOf));
  const leaving = unique(steps.filter(({ kind }) => kind === 'remove-certificate').flatMap(personOf));
  const switched = steps.find((step) => step.kind === 'set-pref' && step.name === AUTO_ENABLE_PREF);
  const lenient = steps.find((step) => step.kind === 'set-pref' && step.name === AUTO_DISABLE_PREF);
  const words = addresses.map(
    (address) => `${address} gets a key and a certificate, and uses them to sign and encrypt.`,
  );
  for (const person of people) words.push(`Mail to ${person} can be encrypted.`);
  for (const person of leaving) words.push(`Mail to ${person} is no longer encrypted.`);
  if (switched?.kind === 'set-pref' && switched.to === true) {
    words.push("Mail is encrypted by itself when everybody's certificate is known. Other mail goes as before.");
    words.push('This is a switch of the whole profile: it holds for every mailbox in it.');
  }
  if (lenient?.kind === 'set-pref' && lenient.to === true) {
    words.push('When somebody is added whose certificate is not known, the mail goes unencrypted, as before.');
  }
  if (steps.length > 0 && words.length === 0)
    words.push('Settings and certificates of Endymail are brought up to date.');
  return words;
}

const isSetUp = (step: PlannedStep): step is Extract<PlannedStep, { kind: 'import-key' }> => step.kind === 'import-key';

function personOf(step: PlannedStep): string[] {
  if (step.kind !== 'add-certificate' && step.kind !== 'remove-certificate') return [];
  return step.role === 'cross-certificate' && step.address !== null ? [step.address] : [];
}

function consentWords({ identities }: NeededConsent): string[] {
  return identities.map(({ address, loses }) => `Needs your consent: ${lossWords(address, loses)}`);
}

function lossWords(address: string, loses: NeededConsent['identities'][number]['loses']): string {
  switch (loses) {
    case 'require-encryption':
      return `${address} now refuses to send unencrypted mail. Thunderbird will no longer do that for it: where a certificate is missing, mail goes unencrypted.`;
    case 'encrypt-by-default':
      return `${address} now encrypts by default. Thunderbird will decide from mail to mail instead.`;
    case 'own-smime':
      return `${address} has a certificate of your own. Thunderbird will use it by itself from then on.`;
    case 'own-openpgp':
      return `${address} has an OpenPGP key of your own. Thunderbird will use it by itself from then on.`;
    default:
      return assertNever(loses);
  }
}

function knownPeopleWords({ knownPeople, steps }: ChangePlan): string[] {
  const switchesOn = steps.some((step) => step.kind === 'set-pref' && step.name === AUTO_ENABLE_PREF);
  if (!switchesOn || knownPeople === 0) return [];
  const people = knownPeople === 1 ? 'one person' : `${knownPeople} people`;
  return [`Thunderbird has certificates of ${people} already: mail to them is encrypted from then on, too.`];
}

function detailWords(step: PlannedStep): string {
  switch (step.kind) {
    case 'set-pref':
      return `  ${step.name}: ${valueWords(step.from)} → ${valueWords(step.to)}`;
    case 'import-key':
      return `  key and certificate of ${step.address}: ${step.certificateId}`;
    case 'add-certificate':
      return `  add ${step.role} ${step.address ?? ''}: ${step.certificateId}`;
    case 'remove-certificate':
      return `  remove ${step.role} ${step.address ?? ''}: ${step.certificateId}`;
    default:
      return assertNever(step);
  }
}

const valueWords = (value: PrefValue): string => (value === null ? '(not set)' : JSON.stringify(value));

const bullets = (lines: readonly string[]): string[] => lines.map((line) => `  • ${line}`);

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
