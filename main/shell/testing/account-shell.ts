import { vi } from 'vitest';
import { err, failure, ok } from '@endymail/shared/result';
import { ACCOUNT_WINDOW_CALLS, answering, clientOf } from '@endymail/shared/ipc';
import type { ConnectedAgent } from '../../agent/client.ts';
import { accountCalls } from '../account-calls.ts';
import type { AskAgent } from '../agent-link.ts';
import { createAppModel } from '../app-model.ts';
import { followAgent } from '../follow-agent.ts';
import { initialView } from '../initial-view.ts';
import { createInvitations } from '../invitations.ts';
import type { Paper } from '../paper.ts';
import { DEFAULT_SETTINGS } from '../shell-settings.ts';

/** The window whose page calls. */
const WINDOW = 'the window';

export const NOW = new Date('2026-01-02T03:04:05Z');

type AccountOfAgent = ConnectedAgent['account'];

/** The shell's part for account and devices, on an agent that says this of them and nothing of mailboxes. */
export function accountShell(account: Partial<AccountOfAgent>, target: string | null = null) {
  const says: Partial<AccountOfAgent> = {
    show: () => Promise.resolve(ok(null)),
    devices: () => Promise.resolve(ok([])),
    pending: () => Promise.resolve(ok([])),
    joining: () => Promise.resolve(err(failure('join-none'))),
    ...account,
  };
  const agent: Partial<ConnectedAgent> = {
    status: () => Promise.resolve(ok({ kind: 'open' })),
    mailboxes: () => Promise.resolve(ok({ rows: [], problems: [] })),
    gap: () => Promise.resolve(ok(null)),
    people: () => Promise.resolve(ok([])),
    settings: () => Promise.resolve(ok({ autoDisable: true })),
    folders: () => Promise.resolve(ok([])),
    account: says as AccountOfAgent,
  };
  // What a test does not give is not there: to ask for it is a mistake.
  const ask: AskAgent = (question) => question(agent as ConnectedAgent);
  const model = createAppModel({
    initial: initialView({
      version: '1',
      platform: 'linux',
      versions: {},
      settings: DEFAULT_SETTINGS,
      openAtLogin: null,
    }),
    onChange: vi.fn(),
  });
  const every = vi.fn<(ms: number, task: () => void) => void>();
  const follower = followAgent({ ask, model, now: () => NOW, every });
  const invitations = createInvitations({ view: model.view, show: follower.show, now: () => NOW });
  const writeText = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
  const paper = {
    pdf: vi.fn<Paper['pdf']>((document) => Promise.resolve(Buffer.from(`%PDF ${document}`))),
    print: vi.fn<Paper['print']>(() => Promise.resolve()),
  };
  const answer = answering(
    ACCOUNT_WINDOW_CALLS,
    accountCalls<string>({
      ask,
      follower,
      model,
      invitations,
      clipboard: { writeText },
      files: { chooseTarget: (window) => Promise.resolve(window === WINDOW ? target : null) },
      paper,
      now: () => NOW,
    }),
  );
  const calls = clientOf(ACCOUNT_WINDOW_CALLS, (name, args) => answer(name, args, { window: WINDOW }));
  return { says, model, follower, invitations, calls, every, writeText, paper, view: model.view };
}
