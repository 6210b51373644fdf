import { assertNever, ok, type Failure, type Result } from '@endymail/shared/result';
import type { Command, Outcome, OptionValues } from '../command-line/command.ts';
import { backup } from '../commands/backup.ts';
import { check } from '../commands/check.ts';
import { disable } from '../commands/disable.ts';
import type { Found } from '../commands/found.ts';
import { importPeer } from '../commands/import-peer.ts';
import { peers } from '../commands/peers.ts';
import { removePeer } from '../commands/remove-peer.ts';
import { share } from '../commands/share.ts';
import type { Session } from '../session.ts';
import type { Choice } from '../surroundings.ts';
import { failureWords } from '../words/failure-words.ts';
import { mailboxListWords } from '../words/mailbox-words.ts';
import { enableSome } from './enable-some.ts';

const ACTIONS = Object.freeze([
  { value: 'share', label: 'Share', hint: 'make the file for those who write to you' },
  { value: 'import', label: 'Add somebody', hint: 'by the file that they shared' },
  { value: 'people', label: 'People', hint: 'to whom mail is encrypted' },
  { value: 'forget', label: 'Forget somebody' },
  { value: 'enable', label: 'Enable another mailbox' },
  { value: 'check', label: 'Check', hint: 'which link holds, and a test mail to yourself' },
  { value: 'backup', label: 'Backup', hint: 'everything in one sealed file' },
  { value: 'disable', label: 'Undo', hint: 'put Thunderbird back as it was' },
  { value: 'quit', label: 'Quit' },
] as const);

/** Can not be an address. */
const ALL = 'all';

type Action = (typeof ACTIONS)[number]['value'];

/** The state of things and what can be done, until the person leaves. What fails is said, and the menu comes again. */
export async function homeMenu(
  session: Session,
  look: () => Promise<Result<Found, Failure>>,
): Promise<Result<Outcome, Failure>> {
  const { terminal } = session;
  for (;;) {
    const found = await look();
    if (!found.ok) return found;
    terminal.note(`\n${mailboxListWords(found.value.list, found.value.people)}\n`);
    const action = await terminal.choose<Action>('What would you like to do?', actionsFor(found.value));
    if (action === null || action === 'quit') return ok({ text: '', json: null, exit: 'done' });
    const outcome = await act(action, session, found.value);
    if (outcome === null) continue;
    terminal.note(outcome.ok ? outcome.value.text : failureWords(outcome.error));
  }
}

/** What needs an enabled mailbox is not offered without one. */
function actionsFor({ list }: Found): readonly Choice<Action>[] {
  const isOn = list.rows.some(({ state }) => state !== 'off');
  return ACTIONS.filter(({ value }) => isOn || !['share', 'check', 'disable'].includes(value));
}

/** Null: the person thought better of it. */
async function act(
  action: Exclude<Action, 'quit'>,
  session: Session,
  found: Found,
): Promise<Result<Outcome, Failure> | null> {
  const { terminal } = session;
  const enabled = found.list.rows.filter(({ state }) => state !== 'off').map(({ address }) => address);
  const perform = (command: Command, positionals: readonly string[], values: OptionValues = {}) =>
    command.run(session, { positionals, values });
  const chooseMailbox = () =>
    enabled.length === 1
      ? Promise.resolve(enabled[0] ?? null)
      : terminal.choose(
          'Which mailbox?',
          enabled.map((address) => ({ value: address, label: address })),
        );

  switch (action) {
    case 'share': {
      const address = await chooseMailbox();
      if (address === null) return null;
      const out = await askFile(session, 'Into which file?', `${address}.endymail`);
      return out === null ? null : perform(share, [address], { out });
    }
    case 'import': {
      const file = await askFile(session, 'Which file?', null);
      return file === null ? null : perform(importPeer, [file]);
    }
    case 'people':
      return perform(peers, []);
    case 'forget': {
      const address = await terminal.text('Whose address?', 'bob@example.org');
      return address === null || address === '' ? null : perform(removePeer, [address]);
    }
    case 'enable':
      return enableSome(session, found.list);
    case 'check': {
      const address = await chooseMailbox();
      if (address === null) return null;
      const test = await terminal.confirm('Open a test mail to yourself in Thunderbird, too?');
      return perform(check, [address], { 'send-test': test });
    }
    case 'backup': {
      const out = await askFile(session, 'Into which file?', 'endymail-backup');
      return out === null ? null : perform(backup, [], { out });
    }
    case 'disable': {
      if (enabled.length === 1) return perform(disable, [], { all: true });
      const which = await terminal.choose('Which mailbox?', [
        ...enabled.map((address) => ({ value: String(address), label: address })),
        { value: ALL, label: 'All of them' },
      ]);
      if (which === null) return null;
      return which === ALL ? perform(disable, [], { all: true }) : perform(disable, [which]);
    }
    default:
      return assertNever(action);
  }
}

/** Null when dismissed. An empty answer takes what was proposed. */
async function askFile(session: Session, question: string, proposed: string | null): Promise<string | null> {
  const answer = await session.terminal.text(question, proposed ?? '');
  if (answer === null) return null;
  return answer === '' ? proposed : answer;
}
