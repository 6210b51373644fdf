import { describe, expect, it } from 'vitest';
import type { PrefValue } from '@endymail/shared/mail';
import { readAccounts } from './accounts.ts';

const lookup =
  (prefs: Readonly<Record<string, PrefValue>>) =>
  (name: string): PrefValue =>
    prefs[name] ?? null;

const PREFS: Readonly<Record<string, PrefValue>> = {
  'mail.accountmanager.accounts': 'account1,account2,account3,account9',
  'mail.account.account1.identities': 'id1,id2',
  'mail.account.account1.server': 'server1',
  'mail.server.server1.type': 'imap',
  'mail.server.server1.hostname': 'imap.example.org',
  'mail.server.server1.userName': 'alice',
  'mail.server.server1.name': 'Work',
  'mail.identity.id1.useremail': 'Alice@Example.org',
  'mail.identity.id1.fullName': 'Alice Example',
  'mail.identity.id1.signing_cert_dbkey': 'AAAA',
  'mail.identity.id1.encryption_cert_dbkey': 'BBBB',
  'mail.identity.id1.encryptionpolicy': 2,
  'mail.identity.id1.sign_mail': true,
  'mail.identity.id2.useremail': 'sales@example.org',
  'mail.identity.id2.openpgp_key_id': '0123456789ABCDEF',
  'mail.account.account2.identities': 'id3',
  'mail.account.account2.server': 'server2',
  'mail.server.server2.type': 'none',
  'mail.identity.id3.useremail': 'local@example.org',
};

const problemsOf = (prefs: Readonly<Record<string, PrefValue>>): string[] =>
  readAccounts(lookup({ ...PREFS, ...prefs })).problems.map(({ code }) => code);

describe('accounts', () => {
  it('lists every identity of every mail account with what it uses now', () => {
    const { identities, problems } = readAccounts(lookup(PREFS));
    const account = {
      id: 'account1',
      name: 'Work',
      serverType: 'imap',
      serverHost: 'imap.example.org',
      userName: 'alice',
    };
    expect(problems).toEqual([]);
    expect(identities).toEqual([
      {
        id: 'id1',
        address: 'alice@example.org',
        name: 'Alice Example',
        account,
        isDefault: true,
        signingKey: 'AAAA',
        encryptionKey: 'BBBB',
        openPgpKey: null,
        encryptionPolicy: 2,
        signMail: true,
      },
      {
        id: 'id2',
        address: 'sales@example.org',
        name: '',
        account,
        isDefault: false,
        signingKey: null,
        encryptionKey: null,
        openPgpKey: '0123456789ABCDEF',
        encryptionPolicy: 0,
        signMail: false,
      },
    ]);
  });

  it.each(['none', 'rss', 'nntp', 'im'])('leaves out a server of type %s', (type) => {
    expect(readAccounts(lookup({ ...PREFS, 'mail.server.server1.type': type })).identities).toEqual([]);
  });

  it('names an account without a name by its host', () => {
    const { identities } = readAccounts(lookup({ ...PREFS, 'mail.server.server1.name': null }));
    expect(identities[0]?.account.name).toBe('imap.example.org');
  });

  it('counts an identity of two accounts once', () => {
    const { identities } = readAccounts(
      lookup({ ...PREFS, 'mail.server.server2.type': 'pop3', 'mail.account.account2.identities': 'id1,id3' }),
    );
    expect(identities.map(({ id }) => id)).toEqual(['id1', 'id2', 'id3']);
  });

  it('tells of an identity without an address, or with one that can not be used, and goes on', () => {
    expect(problemsOf({ 'mail.identity.id1.useremail': null })).toEqual(['address-invalid']);
    expect(problemsOf({ 'mail.identity.id1.useremail': 'not an address' })).toEqual(['address-invalid']);
    expect(problemsOf({ 'mail.identity.id1.useremail': 'zoë@example.org' })).toEqual(['address-unsupported']);
    expect(problemsOf({ 'mail.identity.id1.useremail': 7, 'mail.identity.id2.useremail': true })).toHaveLength(2);
  });

  it('takes values of a wrong type for absent', () => {
    const wrong = { 'mail.accountmanager.accounts': 5, 'mail.identity.id1.encryptionpolicy': 'x' };
    expect(readAccounts(lookup({ ...PREFS, ...wrong })).identities).toEqual([]);
  });
});
