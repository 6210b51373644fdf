import { beforeAll, describe, expect, it } from 'vitest';
import { failure } from '@endymail/shared/result';
import {
  parseMailAddress,
  type ClientIdentity,
  type ClientProfile,
  type MailAddress,
  type ProfileId,
} from '@endymail/shared/mail';
import {
  certificateId,
  createAnchor,
  createMailboxAuthority,
  issueCrossCertificate,
  issueMailboxCertificate,
} from '../../../certificates/index.ts';
import type { IdentityTarget, ProfileTarget } from '../../adapter.ts';
import { thunderbirdDbKey } from '../db-key.ts';
import type { Change, EventKind } from '../journal/event.ts';
import { replay, type Ledger } from '../journal/ledger.ts';
import { parsePrefs, type StoredCertificate } from '../reading/index.ts';
import { planProfile, type PlannedWork, type ProfileState } from './plan.ts';

const NOW = new Date('2026-03-01T00:00:00Z');

const address = (text: string): MailAddress => {
  const parsed = parseMailAddress(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
};
const ALICE = address('alice@example.test');
const WORK = address('alice@work.test');
const BOB = address('bob@example.test');

let authority: Uint8Array;
let certificate: Uint8Array;
let anchor: Uint8Array;
let bob: Uint8Array;
let cross: Uint8Array;
let dbKey: string;

beforeAll(async () => {
  const make = async (mailbox: MailAddress) => {
    const ca = await createMailboxAuthority({ address: mailbox, algorithm: 'ec-p256', now: NOW });
    const own = await issueMailboxCertificate({
      authority: ca,
      address: mailbox,
      name: '',
      algorithm: 'ec-p256',
      now: NOW,
    });
    return { ca: ca.certificate, own: own.certificate };
  };
  const [alice, hers] = await Promise.all([make(ALICE), make(BOB)]);
  ({ ca: authority, own: certificate } = alice);
  bob = hers.own;
  const local = await createAnchor({ now: NOW });
  anchor = local.certificate;
  cross = await issueCrossCertificate({ anchor: local, authority: hers.ca, address: BOB, now: NOW });
  dbKey = thunderbirdDbKey(certificate);
});

const id1 = (name: string): string => `mail.identity.id1.${name}`;

const identity = (change: Partial<ClientIdentity> = {}): ClientIdentity => ({
  id: 'id1',
  address: ALICE,
  name: 'Alice',
  account: { id: 'account1', name: '', serverType: 'imap', serverHost: 'imap.example.test', userName: 'alice' },
  isDefault: true,
  signingKey: null,
  encryptionKey: null,
  openPgpKey: null,
  encryptionPolicy: 0,
  signMail: false,
  ...change,
});

const profile = (change: Partial<ClientProfile> = {}): ClientProfile => ({
  id: '0123456789abcdef' as ProfileId,
  product: 'Thunderbird',
  packaging: 'native',
  path: '/home/alice/.thunderbird/p',
  name: 'default',
  inUse: true,
  version: '153.7.0',
  program: '/usr/lib/thunderbird/thunderbird',
  running: false,
  primaryPassword: false,
  autoEnable: false,
  autoDisable: false,
  overruled: [],
  knownPeople: [],
  identities: [identity()],
  problems: [],
  ...change,
});

interface Situation extends Partial<Omit<ProfileState, 'prefs' | 'store' | 'ledger'>> {
  /** Lines of prefs.js besides the identity's address. */
  readonly prefs?: Readonly<Record<string, string | boolean | number>>;
  readonly store?: readonly (Partial<StoredCertificate> & { readonly der: Uint8Array })[];
  readonly ledger?: Ledger;
}

function plan(target: ProfileTarget, situation: Situation = {}): PlannedWork {
  const values = { [id1('useremail')]: ALICE, ...situation.prefs };
  const text = Object.entries(values).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`);
  const prefs = parsePrefs(text.join(''));
  if (!prefs.ok) throw new Error(prefs.error.message);
  const state: ProfileState = {
    profile: profile(),
    writable: true,
    route: 'nss-tools',
    ...situation,
    prefs: prefs.value,
    ledger: situation.ledger ?? replay([]),
    store: {
      certificates: (situation.store ?? []).map((stored) => ({
        label: null,
        trustedForMail: false,
        hasPrivateKey: false,
        ...stored,
      })),
    },
  };
  return planProfile(state, target);
}

const wanted = (change: Partial<IdentityTarget> = {}, target: Partial<ProfileTarget> = {}): ProfileTarget => ({
  identities: [
    {
      identityId: 'id1',
      address: ALICE,
      authority,
      certificate,
      pkcs12: () => Promise.reject(new Error('not asked for while planning')),
      replaceOwn: false,
      ...change,
    },
  ],
  anchor: null,
  people: [],
  automatic: { autoEnable: true, autoDisable: true },
  changedByHand: 'leave',
  ...target,
});

const NOTHING: ProfileTarget = { identities: [], anchor: null, people: [], automatic: null, changedByHand: 'leave' };

const ledgerOf = (...events: readonly (readonly [EventKind, Change])[]): Ledger =>
  replay(events.map(([event, change], index) => ({ n: index + 1, event, change })));

const ownedPref = (name: string, ours: string | boolean, before: string | boolean | null = null): Change => ({
  kind: 'pref',
  name,
  address: ALICE,
  before,
  ours,
});
const ownedCertificate = (der: Uint8Array, before: 'absent' | 'untrusted' = 'absent'): Change => ({
  kind: 'certificate',
  id: certificateId(der),
  role: 'own-authority',
  address: ALICE,
  der,
  before,
});

const short = ({ plan: { steps } }: PlannedWork): string[] =>
  steps.map((step) =>
    step.kind === 'set-pref'
      ? `${step.name}: ${JSON.stringify(step.from)} -> ${JSON.stringify(step.to)}`
      : step.kind === 'import-key'
        ? `key ${step.certificateId.slice(0, 8)}`
        : `${step.kind} ${step.role}`,
  );
const obstacles = ({ plan: { obstacles: found } }: PlannedWork): string[] => found.map(({ code }) => code);

describe('planning', () => {
  it('puts certificates and keys before the settings that name them', () => {
    expect(short(plan(wanted()))).toEqual([
      'add-certificate own-authority',
      `key ${certificateId(certificate).slice(0, 8)}`,
      `${id1('signing_cert_name')}: null -> "Endymail"`,
      `${id1('signing_cert_dbkey')}: null -> "${dbKey}"`,
      `${id1('encryption_cert_name')}: null -> "Endymail"`,
      `${id1('encryption_cert_dbkey')}: null -> "${dbKey}"`,
      'mail.e2ee.auto_enable: null -> true',
      'mail.e2ee.auto_disable: null -> true',
    ]);
  });

  it('[SEC-20] writes down what stood there before', () => {
    const { set } = plan(wanted({ replaceOwn: true }), { prefs: { [id1('signing_cert_name')]: 'Old' } }).prefs;
    expect(set.find(({ name }) => name === id1('signing_cert_name'))?.before).toBe('Old');
    expect(set.find(({ name }) => name === id1('signing_cert_dbkey'))?.before).toBeNull();
  });

  it('says nothing of automatic encryption when the person wants to press the button', () => {
    expect(short(plan(wanted({}, { automatic: null }))).filter((step) => step.includes('e2ee'))).toEqual([]);
  });

  it('does not write a switch that has its value already, and so never takes it back', () => {
    const prefs = { 'mail.e2ee.auto_enable': true, 'mail.e2ee.auto_disable': true };
    const work = plan(wanted(), { prefs, profile: profile({ autoEnable: true }) });
    expect(short(work).filter((step) => step.includes('e2ee'))).toEqual([]);
    expect(work.plan.consents).toEqual([]);
  });

  it('turns auto_disable off only where somebody turned it on', () => {
    const target = wanted({}, { automatic: { autoEnable: true, autoDisable: false } });
    expect(short(plan(target)).filter((step) => step.includes('auto_disable'))).toEqual([]);
    expect(short(plan(target, { prefs: { 'mail.e2ee.auto_disable': true } }))).toContain(
      'mail.e2ee.auto_disable: true -> false',
    );
    const ours = ledgerOf(['done', ownedPref('mail.e2ee.auto_disable', true)]);
    const work = plan(target, { prefs: { 'mail.e2ee.auto_disable': true }, ledger: ours });
    expect(short(work)).toContain('mail.e2ee.auto_disable: true -> null');
  });

  it('leaves an identity alone that has another address now', () => {
    const work = plan(wanted(), { profile: profile({ identities: [identity({ address: WORK })] }) });
    expect(short(work)).toEqual(['mail.e2ee.auto_enable: null -> true', 'mail.e2ee.auto_disable: null -> true']);
  });

  it('adds an anchor, cross-certificates and people', () => {
    const people = [{ address: BOB, certificate: bob, crossCertificate: cross }];
    expect(short(plan({ ...NOTHING, anchor, people }))).toEqual([
      'add-certificate anchor',
      'add-certificate cross-certificate',
      'add-certificate person',
    ]);
  });
});

describe('what is not ours', () => {
  it('[SEC-22] a certificate that was there before is neither added nor removed', () => {
    const people = [{ address: BOB, certificate: bob, crossCertificate: cross }];
    const store = [{ der: bob }];
    expect(short(plan({ ...NOTHING, people }, { store }))).toEqual(['add-certificate cross-certificate']);
    expect(short(plan(NOTHING, { store }))).toEqual([]);
  });

  it('where only the trust is ours, only the trust goes', () => {
    const { add } = plan(wanted(), { store: [{ der: authority }] }).store;
    expect(add.map(({ change, trust }) => [change.before, trust])).toEqual([['untrusted', 'mail-authority']]);
    const ledger = ledgerOf(['done', ownedCertificate(authority, 'untrusted')]);
    const trusted = plan(NOTHING, { store: [{ der: authority, trustedForMail: true }], ledger });
    expect(trusted.store.takeBack.map(({ before }) => before)).toEqual(['untrusted']);
    const untrusted = plan(NOTHING, { store: [{ der: authority }], ledger });
    expect(untrusted.store).toMatchObject({ takeBack: [], gone: [{ before: 'untrusted' }] });
  });

  it('[SEC-23] an own S/MIME set-up stands in the way until its owner says otherwise', () => {
    const own = {
      prefs: { [id1('signing_cert_dbkey')]: 'theirs' },
      profile: profile({ identities: [identity({ signingKey: 'theirs' })] }),
    };
    expect(obstacles(plan(wanted(), own))).toEqual(['own-setup']);
    expect(obstacles(plan(wanted({ replaceOwn: true }), own))).toEqual([]);
  });

  it('[SEC-23] an own OpenPGP set-up likewise, and S/MIME is preferred only when it is replaced', () => {
    const own = { profile: profile({ identities: [identity({ openPgpKey: '0123456789ABCDEF' })] }) };
    expect(obstacles(plan(wanted(), own))).toEqual(['own-setup']);
    const replaced = plan(wanted({ replaceOwn: true }), own);
    expect(obstacles(replaced)).toEqual([]);
    expect(short(replaced)).toContain(`${id1('e2etechpref')}: null -> 1`);
    expect(short(plan(wanted({ replaceOwn: true }))).join()).not.toContain('e2etechpref');
  });
});

describe('consent', () => {
  const other = (change: Partial<ClientIdentity>): ClientIdentity => identity({ id: 'id2', address: WORK, ...change });
  const losses = (identities: readonly ClientIdentity[], change: Partial<ClientProfile> = {}): (readonly string[])[] =>
    plan(wanted(), { profile: profile({ identities, ...change }) }).plan.consents.flatMap((consent) =>
      consent.identities.map(({ identityId, loses }) => [identityId, loses]),
    );

  it.each([
    ['require-encryption', { encryptionPolicy: 2 }],
    ['encrypt-by-default', { encryptionPolicy: 1 }],
    ['own-smime', { signingKey: 'theirs' }],
    ['own-smime', { encryptionKey: 'theirs' }],
    ['own-openpgp', { openPgpKey: '0123456789ABCDEF' }],
  ] as const)('[SEC-23] is needed where another identity loses %s', (loses, change) => {
    expect(losses([identity(), other(change)])).toEqual([['id2', loses]]);
  });

  it('[SEC-23] is needed for the policy of the very mailbox that is enabled, too', () => {
    expect(losses([identity({ encryptionPolicy: 2 })])).toEqual([['id1', 'require-encryption']]);
  });

  it('is not needed where nobody loses anything, or the switch is on already', () => {
    expect(losses([identity(), other({})])).toEqual([]);
    expect(losses([identity(), other({ encryptionPolicy: 2 })], { autoEnable: true })).toEqual([]);
  });

  it('is not needed by hand', () => {
    const work = plan(wanted({}, { automatic: null }), {
      profile: profile({ identities: [identity({ encryptionPolicy: 2 })] }),
    });
    expect(work.plan.consents).toEqual([]);
  });
});

describe('taking back', () => {
  const switched = ledgerOf(['done', ownedPref('mail.e2ee.auto_enable', true, false)]);

  it('[SEC-22] restores the old value where ours still stands', () => {
    const work = plan(NOTHING, { prefs: { 'mail.e2ee.auto_enable': true }, ledger: switched });
    expect(short(work)).toEqual(['mail.e2ee.auto_enable: true -> false']);
  });

  it('[SEC-22] leaves what the person changed, says so, and puts it back only when they say so', () => {
    const ledger = ledgerOf(['done', ownedPref(id1('signing_cert_name'), 'Endymail', 'Old')]);
    const prefs = { [id1('signing_cert_name')]: 'Mine' };
    const left = plan(NOTHING, { prefs, ledger });
    expect(short(left)).toEqual([]);
    expect(left.plan.changedByHand).toEqual([
      { what: 'pref', name: id1('signing_cert_name'), address: ALICE, ours: 'Endymail', now: 'Mine', before: 'Old' },
    ]);
    const back = plan({ ...NOTHING, changedByHand: 'put-back' }, { prefs, ledger });
    expect(short(back)).toEqual([`${id1('signing_cert_name')}: "Mine" -> "Old"`]);
  });

  it('finds done what the person, or a run before a crash, has taken back already', () => {
    const work = plan(NOTHING, { prefs: { 'mail.e2ee.auto_enable': false }, ledger: switched });
    expect(short(work)).toEqual([]);
    expect(work.prefs.gone.map(({ name }) => name)).toEqual(['mail.e2ee.auto_enable']);
  });

  it('makes no ghost of an identity that was deleted', () => {
    const ledger = ledgerOf(['done', ownedPref('mail.identity.id9.signing_cert_name', 'Endymail', 'Old')]);
    const work = plan({ ...NOTHING, changedByHand: 'put-back' }, { ledger });
    expect(short(work)).toEqual([]);
    expect(work.prefs.gone).toHaveLength(1);
  });

  it('[SEC-26] removes the authority and keeps the key', () => {
    const key: Change = { kind: 'key', id: certificateId(certificate), address: ALICE, der: certificate };
    const store = [
      { der: authority, trustedForMail: true },
      { der: certificate, hasPrivateKey: true },
    ];
    const ledger = ledgerOf(['done', ownedCertificate(authority)], ['done', key]);
    expect(short(plan(NOTHING, { store, ledger }))).toEqual(['remove-certificate own-authority']);
  });
});

describe('drift', () => {
  const store = () => [
    { der: authority, trustedForMail: true },
    { der: certificate, hasPrivateKey: true },
  ];

  it('of a setting is shown, not fought, and put back when the person says so', () => {
    const ledger = ledgerOf(['done', ownedPref(id1('encryption_cert_dbkey'), dbKey)]);
    const prefs = { [id1('encryption_cert_dbkey')]: 'another' };
    const found = plan(wanted(), { store: store(), ledger, prefs });
    expect(found.plan.changedByHand.map(({ name, now }) => [name, now])).toEqual([
      [id1('encryption_cert_dbkey'), 'another'],
    ]);
    expect(short(found).join()).not.toContain('encryption_cert_dbkey');
    const back = plan(wanted({}, { changedByHand: 'put-back' }), { store: store(), ledger, prefs });
    expect(short(back)).toContain(`${id1('encryption_cert_dbkey')}: "another" -> "${dbKey}"`);
  });

  it('of trust is shown', () => {
    const ledger = ledgerOf(['done', ownedCertificate(authority)]);
    const found = plan(wanted(), { store: [{ der: authority }, { der: certificate, hasPrivateKey: true }], ledger });
    expect(found.plan.changedByHand).toMatchObject([{ what: 'certificate', now: 'not trusted' }]);
    expect(found.store.add).toEqual([]);
  });

  it('is not what a crash left: a change that was intended and not made is made', () => {
    const ledger = ledgerOf(
      ['intend', ownedPref('mail.e2ee.auto_enable', true)],
      ['intend', ownedCertificate(authority)],
    );
    const work = plan(wanted(), { ledger });
    expect(work.plan.changedByHand).toEqual([]);
    expect(short(work)).toContain('mail.e2ee.auto_enable: null -> true');
    expect(short(work)).toContain('add-certificate own-authority');
    const made = plan(wanted(), { ledger, store: store(), prefs: { 'mail.e2ee.auto_enable': true } });
    expect(made.prefs.inPlace.map(({ name }) => name)).toEqual(['mail.e2ee.auto_enable']);
    expect(made.store.inPlace).toHaveLength(1);
  });

  it('is not a renewed certificate either: the old value is still ours, and the first one is what undo restores', () => {
    const ledger = ledgerOf(['done', ownedPref(id1('signing_cert_dbkey'), 'former', 'theirs')]);
    const work = plan(wanted(), {
      store: store(),
      ledger,
      prefs: { [id1('signing_cert_dbkey')]: 'former' },
      profile: profile({ identities: [identity({ signingKey: 'former' })] }),
    });
    expect(obstacles(work)).toEqual([]);
    expect(work.prefs.set.find(({ name }) => name === id1('signing_cert_dbkey'))).toMatchObject({
      before: 'theirs',
      ours: dbKey,
    });
  });
});

describe('obstacles', () => {
  it('do not matter where nothing is to be done', () => {
    expect(obstacles(plan(NOTHING, { profile: profile({ running: true }), writable: false }))).toEqual([]);
  });

  it('are all shown, what the person must decide first', () => {
    const work = plan(wanted(), {
      writable: false,
      profile: profile({
        running: true,
        primaryPassword: true,
        problems: [failure('client-too-old')],
        overruled: [{ name: 'mail.e2ee.auto_enable', value: false, by: 'user.js' }],
      }),
    });
    expect(obstacles(work)).toEqual([
      'client-too-old',
      'profile-read-only',
      'settings-overruled',
      'primary-password',
      'client-running',
    ]);
  });

  it('a setting that is fixed to our own value is none, and is not written', () => {
    const overruled = [{ name: 'mail.e2ee.auto_enable', value: true, by: 'policy' }] as const;
    const work = plan(wanted(), { profile: profile({ overruled }) });
    expect(obstacles(work)).toEqual([]);
    expect(short(work).join()).not.toContain('auto_enable');
  });

  it("[SEC-21] a running client is one, except for people's certificates by way of the NSS tools", () => {
    const running = profile({ running: true });
    const people = { ...NOTHING, anchor, people: [{ address: BOB, certificate: bob, crossCertificate: cross }] };
    expect(obstacles(plan(wanted(), { profile: running }))).toEqual(['client-running']);
    expect(obstacles(plan(people, { profile: running }))).toEqual([]);
    expect(obstacles(plan(people, { profile: running, route: 'headless' }))).toEqual(['client-running']);
  });

  it('a primary password is one where keys or trust are touched', () => {
    const secured = profile({ primaryPassword: true });
    const person = { ...NOTHING, people: [{ address: BOB, certificate: bob, crossCertificate: cross }] };
    expect(obstacles(plan({ ...person, anchor }, { profile: secured }))).toEqual(['primary-password']);
    expect(obstacles(plan(person, { profile: secured }))).toEqual([]);
    expect(obstacles(plan(person, { profile: secured, route: 'headless' }))).toEqual(['primary-password']);
  });

  it('no way into the store is one', () => {
    expect(obstacles(plan(wanted(), { route: 'none', profile: profile({ program: null }) }))).toEqual([
      'client-not-installed',
    ]);
    expect(obstacles(plan(wanted(), { route: 'none' }))).toEqual(['tools-missing']);
  });
});
