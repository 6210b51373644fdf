import { AUTO_DISABLE_PREF, AUTO_ENABLE_PREF } from '@endymail/shared/mail';
import type {
  ChangedByHand,
  ChangePlan,
  MailAddress,
  NeededConsent,
  PlannedStep,
  PrefValue,
} from '@endymail/shared/mail';
import { assertNever } from '@endymail/shared/result';
import { capital, counted, spelled } from './count.ts';
import type { FactGroup } from './facts.ts';

export const REVIEW = Object.freeze({
  title: 'What will change',
  lead: 'Nothing has been changed yet. You can undo it later.',
  looking: 'Looking at what Thunderbird has now…',
  list: 'What will change',
  canBeUndone: 'Can be undone',
  nothing: 'Everything is set up already. Nothing will be changed.',
  noneLeft: 'No mailbox is left to set up.',
  own: 'Your own encryption',
  changed: 'Changed by you',
  changedLeave: 'Leave it as I have it',
  changedPutBack: 'Put it back as Endymail had it',
  inTheWay: 'In the way',
  running: 'Thunderbird is open. You will be asked to close it: settings can be changed only while it is closed.',
});

/** One line of the plan. */
export interface PlanLine {
  readonly says: string;
  readonly sub: string;
  /** Keys that were made stay, also after an undo: old mail needs them. */
  readonly stays?: boolean;
}

/** On the button. */
export const setUpWords = (count: number): string => `Set up ${counted(count, 'mailbox', 'mailboxes')}`;

/** More addresses than these are counted, not named. */
const NAMED_MAX = 3;

/** "a@x", "a@x and b@x", "a@x, b@x and 4 others". */
export function namesWords(names: readonly string[]): string {
  const unique = [...new Set(names)];
  if (unique.length > NAMED_MAX) {
    const others = unique.length - (NAMED_MAX - 1);
    return `${unique.slice(0, NAMED_MAX - 1).join(', ')} and ${counted(others, 'other', 'others')}`;
  }
  const last = unique.at(-1) ?? '';
  return unique.length < 2 ? last : `${unique.slice(0, -1).join(', ')} and ${last}`;
}

/** What is done, in plain words: what each mailbox gets, and what Thunderbird does by itself from then on. */
export function planLines(plans: readonly ChangePlan[], byHand: readonly MailAddress[]): readonly PlanLine[] {
  const steps = plans.flatMap((plan) => plan.steps);
  const mailboxes = unique(steps.flatMap((step) => (step.kind === 'import-key' ? [step.address] : [])));
  const automatic = plans.filter((plan) => plan.steps.some(switchesOn));
  const lines = [
    ...keyLines(mailboxes),
    ...automaticLines(automatic),
    ...byHandLines(byHand),
    ...peopleLines(steps),
    ...knownLines(automatic),
  ];
  if (steps.length > 0 && lines.length === 0) {
    return [
      { says: 'What Endymail had set is brought up to date.', sub: 'Settings and keys that are missing or old.' },
    ];
  }
  return lines;
}

function keyLines(mailboxes: readonly MailAddress[]): PlanLine[] {
  if (mailboxes.length === 0) return [];
  const says = mailboxes.length === 1 ? `${mailboxes[0] ?? ''} gets its own keys.` : 'Each mailbox gets its own keys.';
  const where = 'Made on this computer. An undo keeps them, so that old mail can be read.';
  return [{ says, sub: mailboxes.length === 1 ? where : `${namesWords(mailboxes)}. ${where}`, stays: true }];
}

function automaticLines(plans: readonly ChangePlan[]): PlanLine[] {
  if (plans.length === 0) return [];
  const isLenient = plans.some((plan) => plan.steps.some((step) => isSwitch(step, AUTO_DISABLE_PREF)));
  const added = isLenient ? ' That is also so when you add somebody whose keys are not known.' : '';
  return [
    {
      says: 'Thunderbird signs and encrypts by itself.',
      sub: `Only when you have added everyone on the mail. All other mail goes as before, unsigned and unchanged.${added}`,
    },
  ];
}

function byHandLines(addresses: readonly MailAddress[]): PlanLine[] {
  if (addresses.length === 0) return [];
  return [
    {
      says: `In ${namesWords(addresses)} you press Encrypt yourself.`,
      sub: 'Thunderbird does not encrypt by itself there, so that the other mailboxes keep their rules.',
    },
  ];
}

function peopleLines(steps: readonly PlannedStep[]): PlanLine[] {
  const people = unique(
    steps.flatMap((step) =>
      step.kind === 'add-certificate' && step.role === 'cross-certificate' ? [step.address] : [],
    ),
  );
  if (people.length === 0) return [];
  return [
    {
      says: `Thunderbird learns the keys of ${spelled(people.length, 'person', 'people')} you added.`,
      sub: 'Mail to them can be encrypted from then on.',
    },
  ];
}

function knownLines(plans: readonly ChangePlan[]): PlanLine[] {
  const known = plans.reduce((count, plan) => count + plan.knownPeople, 0);
  if (known === 0) return [];
  return [
    {
      says: `${capital(spelled(known, 'person', 'people'))} you write to ${known === 1 ? 'is' : 'are'} known to Thunderbird already.`,
      sub: 'It has their keys from earlier. Mail to them is encrypted from then on, too.',
    },
  ];
}

const isSwitch = (step: PlannedStep, name: string): boolean =>
  step.kind === 'set-pref' && step.name === name && step.to === true;

const switchesOn = (step: PlannedStep): boolean => isSwitch(step, AUTO_ENABLE_PREF);

/** Whom it touches beside the mailboxes that are set up. */
export interface ConsentWords {
  readonly title: string;
  readonly says: readonly string[];
  readonly tick: string;
  readonly otherwise: string;
}

type Touched = NeededConsent['identities'][number];

export function consentWords(plan: ChangePlan, mailboxes: readonly MailAddress[]): ConsentWords {
  const touched = plan.consents.flatMap(({ identities }) => identities);
  const names = namesWords(touched.map(({ address }) => address));
  const areOwn = touched.every(({ address }) => mailboxes.includes(address));
  const isAlone = unique(touched.map(({ address }) => address)).length === 1;
  return {
    title: areOwn ? `This changes a rule of ${names}` : `This also touches ${names}`,
    says: [
      ...touched.map((identity) => lossWords(identity, isAlone)),
      'Thunderbird has one switch for all mailboxes of a profile.',
    ],
    tick: areOwn ? 'Change it' : `Change it for ${names} too`,
    otherwise: `If you leave it, ${isAlone ? 'its rule stays' : 'their rules stay'}, and in ${namesWords(mailboxes)} you press Encrypt yourself.`,
  };
}

function lossWords({ address, loses }: Touched, isAlone: boolean): string {
  const who = isAlone ? 'it' : address;
  const says = {
    'require-encryption': `Today ${who} refuses to send what it can not encrypt. Afterwards such mail goes out plain, without a question.`,
    'encrypt-by-default': `Today ${who} encrypts by default. Afterwards Thunderbird decides from mail to mail.`,
    'own-smime': `${isAlone ? 'It' : who} has its own S/MIME set-up. Afterwards Thunderbird uses that by itself.`,
    'own-openpgp': `${isAlone ? 'It' : who} has its own OpenPGP set-up. Afterwards Thunderbird uses that by itself.`,
  };
  return says[loses];
}

/** The tick that lets Endymail replace a set-up of the person's own. */
export function ownWords(address: MailAddress, setup: 'own-smime' | 'own-openpgp'): { label: string; reason: string } {
  const technology = setup === 'own-smime' ? 'S/MIME' : 'OpenPGP';
  return {
    label: `Replace the ${technology} set-up of ${address}`,
    reason: `An undo brings yours back. If you do not tick this, the mailbox stays as it is and is not enabled.`,
  };
}

/** What the person had changed since Endymail set it. */
export function changedWords(changed: readonly ChangedByHand[]): string {
  const names = unique(changed.flatMap(({ address }) => (address === null ? [] : [address])));
  const of = names.length === 0 ? '' : ` of ${namesWords(names)}`;
  return `${capital(spelled(changed.length, 'setting', 'settings'))}${of} ${changed.length === 1 ? 'is' : 'are'} no longer as Endymail had set ${changed.length === 1 ? 'it' : 'them'}.`;
}

/** The exact settings and keys, profile by profile. */
export function planFacts(plans: readonly ChangePlan[]): readonly FactGroup[] {
  return plans
    .filter(({ steps }) => steps.length > 0)
    .map((plan) => ({
      title: `Thunderbird profile “${plan.profileName}”`,
      facts: [{ name: 'folder', value: plan.profilePath }, ...plan.steps.map(stepFact)],
    }));
}

function stepFact(step: PlannedStep): { name: string; value: string } {
  switch (step.kind) {
    case 'set-pref':
      return {
        name: step.name,
        value: `${valueWords(step.from)} → ${valueWords(step.to)}${step.scope === 'profile' ? ', whole profile' : ''}`,
      };
    case 'import-key':
      return { name: 'key and certificate', value: `${step.address}: ${step.certificateId}` };
    case 'add-certificate':
      return { name: `add ${step.role}`, value: `${step.address ?? ''}: ${step.certificateId}` };
    case 'remove-certificate':
      return { name: `remove ${step.role}`, value: `${step.address ?? ''}: ${step.certificateId}` };
    default:
      return assertNever(step);
  }
}

const valueWords = (value: PrefValue): string => (value === null ? 'not set' : JSON.stringify(value));

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
