import { describe, expect, it } from 'vitest';
import { certificateId } from '../../../certificates/index.ts';
import type { Change } from '../journal/event.ts';
import {
  ALICE,
  NOTHING,
  WORK,
  anchor,
  authority,
  certificate,
  dbKey,
  id1,
  identity,
  ledgerOf,
  obstacles,
  ownedCertificate,
  ownedPref,
  people,
  plan,
  profile,
  short,
  wanted,
} from './testing/plan-fixture.ts';

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

  it('counts the people whose certificates are there already', () => {
    const [bob] = people;
    if (bob === undefined) throw new Error('nobody');
    const work = plan(wanted(), { store: [{ der: bob.certificate }, { der: certificate, hasPrivateKey: true }] });
    expect(work.plan.knownPeople).toBe(1);
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
    expect(short(plan({ ...NOTHING, anchor, people }))).toEqual([
      'add-certificate anchor',
      'add-certificate cross-certificate',
      'add-certificate person',
    ]);
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

describe('a person who goes', () => {
  it('[SEC-26] leaves a certificate whose key was put beside it since: it would be deleted with it', () => {
    const person = { kind: 'certificate', role: 'person', address: ALICE, before: 'absent' } as const;
    const ledger = ledgerOf(['done', { ...person, id: certificateId(certificate), der: certificate }]);
    expect(short(plan(NOTHING, { store: [{ der: certificate }], ledger }))).toEqual(['remove-certificate person']);
    const work = plan(NOTHING, { store: [{ der: certificate, hasPrivateKey: true }], ledger });
    expect(short(work)).toEqual([]);
    expect(work.store.gone).toHaveLength(1);
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
