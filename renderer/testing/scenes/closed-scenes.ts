import { failure, type FailureCode } from '@endymail/shared/result';
import type { Scene } from './scene.ts';
import { view } from './values.ts';

const closed = (code: FailureCode, keychain: 'os' | 'file' | null = 'os', message?: string): Scene => ({
  view: view({
    agent: { state: 'closed', failure: failure(code, message), keychain },
    mailboxes: { rows: [], problems: [], lookedAt: null },
  }),
});

/** The data can not be opened, or is gone. */
export const CLOSED_SCENES = {
  'closed-keychain-locked': closed('keychain-locked'),
  'closed-keychain-missing': closed('keychain-missing', null),
  'closed-keychain-missing-os': closed('keychain-missing'),
  'closed-keychain-failed': closed('keychain-failed'),
  'closed-passphrase': closed('passphrase-needed', 'file'),
  'closed-passphrase-wrong': closed('passphrase-wrong', 'file'),
  'closed-key-gone': closed('keychain-key-gone'),
  'closed-damaged': closed('home-damaged'),
  'closed-newer': closed('home-newer'),
  'closed-busy': closed('home-busy', 'os', 'Another Endymail (endymail enable, process 4711) is at work on this data.'),
  'closed-gone': closed('agent-gone'),
  'closed-unwritable': closed('home-unwritable'),
  removed: { view: view({ agent: { state: 'removed' } }) },
} satisfies Record<string, Scene>;
