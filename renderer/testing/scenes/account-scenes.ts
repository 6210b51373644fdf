import type { AccountView } from '@endymail/shared/account';
import { err, failure, ok } from '@endymail/shared/result';
import { account, hexId, otherDevice } from './accounts.ts';
import { MIRA } from './mailboxes.ts';
import type { Scene } from './scene.ts';
import { rows, view } from './values.ts';

const MAILBOXES = rows([{ ...MIRA, state: 'protected' }]);

const WORDS = [
  ...['harbour', 'violin', 'maple', 'circle', 'frost', 'ladder', 'pigeon', 'quiet'],
  ...['saddle', 'tunnel', 'umbrella', 'velvet', 'window', 'yellow', 'zebra', 'anchor'],
  ...['bamboo', 'candle', 'dragon', 'engine', 'fabric', 'garden', 'helmet', 'island'],
];

const inSection = (changed: Partial<AccountView>): Scene => ({
  view: view({ mailboxes: MAILBOXES, account: account(changed) }),
  route: { screen: 'account' },
  handlers: ({ change }) => ({
    leaveAccount: () => {
      change({ account: null });
      return Promise.resolve(ok(undefined));
    },
    accountReachable: ([isReachable]) => {
      change({ account: account({ ...changed, here: { names: isReachable ? ['mira@192.0.2.7:4433'] : [] } }) });
      return Promise.resolve(ok(undefined));
    },
    serviceCertificate: () =>
      Promise.resolve(
        ok({ known: '7f3a 91c4 0be2 55d8 c1a0 4e97 d263 8bf1', shown: 'a0c2 77de 4b19 03fe 61c8 95aa e2d7 1f40' }),
      ),
    trustCertificate: () => {
      change({ account: account() });
      return Promise.resolve(ok(undefined));
    },
  }),
});

const wordsScene = (words: AccountView['words']): Scene => ({
  view: view({ mailboxes: MAILBOXES, account: account({ words }) }),
  route: { screen: 'recovery-words' },
  handlers: ({ change }) => ({
    accountWords: () => Promise.resolve(ok(WORDS)),
    accountConfirmWords: ([asked]) => {
      if (asked.some(({ position, word }) => WORDS[position - 1] !== word.reveal())) {
        return Promise.resolve(err(failure('words-wrong')));
      }
      change({ account: account() });
      return Promise.resolve(ok(undefined));
    },
    saveWords: () => Promise.resolve(ok({ fileName: 'Recovery words.pdf' })),
  }),
});

const creating = (answers: 'made' | 'account-name-taken' | 'mesh-offline'): Scene => ({
  view: view({ mailboxes: MAILBOXES }),
  route: { screen: 'create-account' },
  handlers: ({ change }) => ({
    accountCreate: ([{ name }]) => {
      if (answers !== 'made') return Promise.resolve(err(failure(answers)));
      const made = account({ name, words: 'to-be-written-down' });
      change({ account: made });
      return Promise.resolve(ok(made));
    },
    accountWords: () => Promise.resolve(ok(WORDS)),
  }),
});

const LOST = [
  otherDevice(2, { name: 'mira-thinkpad', mayApprove: true }),
  otherDevice(3, { name: '', platform: 'win32', addedAt: null }),
];

/** The account: made, its words, its section, brought back, and where this computer is no part of it any more. */
export const ACCOUNT_SCENES = {
  'account-create': creating('made'),
  'account-create-taken': creating('account-name-taken'),
  'account-create-offline': creating('mesh-offline'),
  'account-words': wordsScene('to-be-written-down'),
  'account-words-gone': wordsScene('confirmed'),
  account: inSection({}),
  'account-reminder': inSection({ words: 'to-be-written-down' }),
  'account-home-reminder': {
    view: view({
      mailboxes: MAILBOXES,
      account: account({ words: 'to-be-written-down' }),
      attention: [{ kind: 'write-words' }],
    }),
  },
  'account-here': inSection({
    service: { kind: 'here', address: 'https://192.0.2.7:4433' },
    name: 'mira@192.0.2.7:4433',
    here: { names: ['mira@192.0.2.7:4433'] },
  }),
  'account-here-alone': inSection({
    service: { kind: 'here', address: 'https://127.0.0.1:4433' },
    name: 'mira@127.0.0.1:4433',
    here: { names: [] },
  }),
  'account-key-changed': inSection({
    sync: { ...account().sync, problem: failure('service-certificate-changed') },
  }),
  'account-first-use': inSection({ pin: { fingerprint: '7f3a 91c4 0be2 55d8 c1a0 4e97 d263 8bf1', how: 'first-use' } }),
  'account-offline': inSection({
    sync: {
      ...account().sync,
      problem: failure('mesh-offline'),
      unsent: 3,
      ignored: [{ deviceId: hexId(3), count: 2 }],
    },
  }),
  'account-unconfirmed': inSection({ sync: { ...account().sync, problem: failure('account-unconfirmed') } }),
  'account-none': { view: view({ mailboxes: MAILBOXES }), route: { screen: 'account' } },
  'account-removed': inSection({ standing: 'removed' }),
  'account-copied': inSection({ standing: 'copied' }),
  recover: {
    view: view({ mailboxes: rows([MIRA]) }),
    route: { screen: 'recover' },
    handlers: ({ change }) => ({
      recoverPreview: ([{ words, mark }]) => {
        if (words.reveal() !== WORDS.join(' ')) return Promise.resolve(err(failure('words-wrong')));
        if (mark !== null && mark !== '12-3f2a91c4') return Promise.resolve(err(failure('recover-older')));
        return Promise.resolve(ok({ asOf: '2026-11-19T18:00:00.000Z', devices: LOST }));
      },
      recover: () => {
        change({ account: account() });
        return Promise.resolve(ok(account()));
      },
    }),
  },
} satisfies Record<string, Scene>;
