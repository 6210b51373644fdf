import { ok, Redacted, type Failure, type Result } from '@endymail/shared/result';
import type { ChangePlan, ClientProfile, MailboxRow, MailboxState, PersonView } from '@endymail/shared/mail';
import type { AccountView, ActView, DeviceView, JoinView } from '@endymail/shared/account';
import type { AccountAgent, Agent, BackgroundService, BackgroundView, WorkReport } from '../../agent/index.ts';
import { address, identity, profile } from '../../agent/testing/profiles.ts';
import { run } from '../run.ts';
import type { Surroundings, Terminal } from '../surroundings.ts';

export const ALICE = address('alice@example.test');
export const BOB = address('bob@example.test');

export const PROFILE: ClientProfile = Object.freeze(
  profile('default', [
    identity('id1', ALICE, {
      name: 'Alice',
      account: { id: 'account1', name: 'Mail', serverType: 'imap', serverHost: 'imap.test', userName: 'alice' },
    }),
  ]),
);

export function row(state: MailboxState, more: Partial<MailboxRow> = {}): MailboxRow {
  const [first] = PROFILE.identities;
  return {
    address: ALICE,
    name: 'Alice',
    state,
    places: first ? [{ profile: PROFILE, identity: first, setup: 'none' }] : [],
    suggested: state === 'off',
    reasons: [],
    ...more,
  };
}

export const PLAN: ChangePlan = {
  profileId: PROFILE.id,
  profileName: PROFILE.name,
  profilePath: PROFILE.path,
  steps: [
    { kind: 'import-key', address: ALICE, certificateId: 'c0ffee' },
    { kind: 'set-pref', name: 'mail.e2ee.auto_enable', from: null, to: true, scope: 'profile', address: null },
  ],
  consents: [],
  changedByHand: [],
  knownPeople: 0,
  obstacles: [],
};

export const BOB_VIEW: PersonView = Object.freeze({
  address: BOB,
  name: 'Bob',
  fingerprint: 'AAAA-BBBB-CCCC',
  addedAt: '2026-11-24T12:00:00.000Z',
  certificateExpiresAt: '2029-02-26T12:00:00.000Z',
});

export const DONE: WorkReport = Object.freeze({
  done: [{ profileId: PROFILE.id, applied: 2, changedByHand: [] }],
  waiting: [],
});

export const PKCS12 = 'the bytes of the PKCS#12';

export const LAPTOP: DeviceView = Object.freeze({
  id: 'ab'.repeat(32),
  name: 'laptop',
  platform: 'linux',
  addedAt: '2026-11-24T12:00:00.000Z',
  isThis: true,
  mayApprove: true,
  state: 'active',
  lastSeenAt: null,
  byInvitation: false,
});

export const ACCOUNT: AccountView = Object.freeze({
  name: 'alice@mesh.example.org',
  fingerprint: 'MAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG',
  service: { kind: 'service', address: 'https://mesh.example.org' },
  pin: null,
  here: null,
  device: LAPTOP,
  standing: 'member',
  words: 'to-be-written-down',
  sync: { asOf: '2026-11-24T12:00:00.000Z', unsent: 0, problem: null, confirmedAt: null, ignored: [] },
  acts: [],
  tasks: [],
} satisfies AccountView);

export const ACT: ActView = Object.freeze({
  id: '7',
  kind: 'remove-device',
  deviceId: 'cd'.repeat(32),
  deviceName: 'desk',
  byId: LAPTOP.id,
  byName: LAPTOP.name,
  announcedAt: '2026-11-24T12:00:00.000Z',
  holdsFrom: '2026-11-27T12:00:00.000Z',
  mayCancel: true,
});
const MARK = Object.freeze({ mark: '3-0123456789abcdef0123', at: '2026-11-24T12:00:00.000Z' });

/** A member of an account, of which each method answers that all is well. */
export function fakeAccount(more: Partial<AccountAgent> = {}): AccountAgent {
  const nothing = (): Promise<Result<void, Failure>> => Promise.resolve(ok());
  const joined = (): Promise<Result<JoinView, Failure>> => Promise.resolve(ok({ kind: 'joined', account: ACCOUNT }));
  return {
    show: () => Promise.resolve(ok(ACCOUNT)),
    create: () => Promise.resolve(ok(ACCOUNT)),
    setReachable: () => Promise.resolve(ok(ACCOUNT)),
    moveTo: () => Promise.resolve(ok(ACCOUNT)),
    certificate: () => Promise.resolve(ok({ known: null, shown: null })),
    trustCertificate: () => Promise.resolve(ok(ACCOUNT)),
    words: () => Promise.resolve(ok(new Redacted('abandon ability'))),
    confirmWords: nothing,
    mark: () => Promise.resolve(ok(MARK)),
    recoverPreview: () =>
      Promise.resolve(ok({ name: ACCOUNT.name, fingerprint: ACCOUNT.fingerprint, asOf: MARK, devices: [] })),
    recover: () => Promise.resolve(ok({ account: ACCOUNT, removed: [], renewed: [], tasks: [] })),
    request: joined,
    join: joined,
    joining: joined,
    giveUp: nothing,
    pending: () => Promise.resolve(ok([])),
    approve: () => Promise.resolve(ok({ device: { ...LAPTOP, isThis: false } })),
    reject: nothing,
    invite: () => Promise.resolve(ok({ link: new Redacted('mesh:x#y'), expiresAt: '2026-11-24T12:10:00.000Z' })),
    devices: () => Promise.resolve(ok([LAPTOP])),
    remove: () => Promise.resolve(ok({ device: LAPTOP, renewed: [], tasks: [] })),
    announceRemoval: () => Promise.resolve(ok(ACT)),
    cancelAct: nothing,
    suspend: () => Promise.resolve(ok({ ...LAPTOP, isThis: false, state: 'suspended' as const })),
    resume: () => Promise.resolve(ok({ ...LAPTOP, isThis: false })),
    taskDone: nothing,
    leave: nothing,
    rotate: () => Promise.resolve(ok(ACCOUNT.sync)),
    sync: () => Promise.resolve(ok(ACCOUNT.sync)),
    syncAnyway: () => Promise.resolve(ok(ACCOUNT.sync)),
    goOn: () => Promise.resolve(),
    waitsFor: () => 'nothing',
    follow: () => null,
    ...more,
  };
}

/** An agent behind whose border nothing is: each method answers that all is well, unless the test says otherwise. */
function fakeAgent(more: Partial<Agent> = {}): Agent {
  const done = (): Promise<Result<WorkReport, Failure>> => Promise.resolve(ok(DONE));
  return {
    account: fakeAccount(),
    mailboxes: () => Promise.resolve(ok({ rows: [row('off')], problems: [] })),
    plan: () => Promise.resolve(ok([PLAN])),
    enable: done,
    disable: done,
    reconcile: done,
    check: () => Promise.resolve(ok([])),
    openTestMail: () => Promise.resolve(ok('Endymail test 1234')),
    exportKey: () => Promise.resolve(ok(new Redacted(new TextEncoder().encode(PKCS12)))),
    share: () => Promise.resolve(ok({ text: '{"endymail":"public-part"}\n', fingerprint: 'DDDD-EEEE' })),
    readPublicPart: () => Promise.resolve(ok(BOB_VIEW)),
    addPerson: done,
    removePerson: done,
    people: () => Promise.resolve(ok([])),
    settings: () => Promise.resolve(ok({ autoDisable: true })),
    changeSettings: done,
    openClient: () => Promise.resolve(ok()),
    folders: () => Promise.resolve(ok([])),
    addFolder: () => Promise.resolve(ok({ rows: [row('off')], problems: [] })),
    removeFolder: () => Promise.resolve(ok({ rows: [row('off')], problems: [] })),
    backup: () => Promise.resolve(ok(new TextEncoder().encode('sealed'))),
    remove: done,
    close: () => undefined,
    ...more,
  };
}

/** A system that has nothing served, and does as it is told. */
export function fakeBackground(more: Partial<BackgroundService> = {}): BackgroundService {
  const view = (state: BackgroundView['state']): BackgroundView => ({
    state,
    name: 'endymail.service',
    file: '/home/alice/.config/systemd/user/endymail.service',
    isRunning: state === 'installed',
    byHand: [],
  });
  return {
    install: () => Promise.resolve(ok(view('installed'))),
    takeAway: () => Promise.resolve(ok(view('none'))),
    status: () => Promise.resolve(view('none')),
    ...more,
  };
}

/** What a person answers, in the order of the questions; a question without an answer is a defect of the test. */
export type Answers = readonly (boolean | string | readonly string[] | null)[];

export interface Ran {
  readonly exit: number;
  /** What stood on stdout. */
  readonly out: string;
  /** What stood on stderr. */
  readonly notes: string;
  readonly questions: readonly string[];
  /** What stood on stdout, read as JSON. */
  readonly json: () => unknown;
}

export interface Circumstances extends Partial<Omit<Surroundings, 'terminal'>> {
  readonly agent?: Partial<Agent>;
  /** Somebody is at the terminal and answers so; without it nobody is there. */
  readonly answers?: Answers;
}

/** Runs a command line in front of a fake agent. */
export async function endymail(args: readonly string[], { agent, answers, ...more }: Circumstances = {}): Promise<Ran> {
  const out: string[] = [];
  const notes: string[] = [];
  const questions: string[] = [];
  const left = [...(answers ?? [])];
  const next = (question: string): Answers[number] => {
    questions.push(question);
    const answer = left.shift();
    if (answer === undefined) throw new Error(`Nobody answers: ${question}`);
    return answer;
  };
  const text = (answer: Answers[number]): string | null => (typeof answer === 'string' ? answer : null);
  const terminal: Terminal = {
    interactive: answers !== undefined,
    print: (line) => void out.push(line),
    note: (line) => void notes.push(line),
    confirm: (question) => Promise.resolve(next(question) === true),
    secret: (question) => {
      const answer = text(next(question));
      return Promise.resolve(answer === null ? null : new Redacted(answer));
    },
    choose: (question, choices) => {
      const answer = next(question);
      return Promise.resolve(choices.find(({ value }) => value === answer)?.value ?? null);
    },
    chooseMany: (question, choices) => {
      const answer = next(question);
      const ticked = answer === true ? choices.filter((choice) => choice.ticked) : choices;
      if (answer === null) return Promise.resolve(null);
      return Promise.resolve(
        ticked.map(({ value }) => value).filter((value) => answer === true || [answer].flat().includes(value)),
      );
    },
    text: (question) => Promise.resolve(text(next(question))),
  };
  const surroundings: Surroundings = {
    terminal,
    defaultHome: () => Promise.resolve('/home/alice/.local/share/endymail'),
    openAgent: () => Promise.resolve(ok(fakeAgent(agent))),
    rememberedKeychain: () => Promise.resolve('os'),
    restoreBackup: () => Promise.resolve(ok({ setAsideAs: null, mailboxesOff: [] })),
    serve: ({ onServing }) => {
      onServing();
      return Promise.resolve(ok());
    },
    background: () => Promise.resolve(fakeBackground()),
    ownCommand: ['/opt/node', '/opt/endymail.mjs'],
    startOver: () => Promise.resolve(ok({ setAsideAs: '/home/alice/.local/share/endymail-aside' })),
    writing: () => undefined,
    pause: () => Promise.resolve(true),
    ...more,
  };
  const exit = await run(args, surroundings);
  const printed = out.join('\n');
  return { exit, out: printed, notes: notes.join('\n'), questions, json: () => JSON.parse(printed) as unknown };
}
