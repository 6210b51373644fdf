import { ok, type Failure, type Result } from '@endymail/shared/result';
import type { MailboxList } from '@endymail/shared/mail';
import { NOTHING_CHANGED, type Outcome } from '../command-line/command.ts';
import { enable } from '../commands/enable.ts';
import type { Session } from '../session.ts';
import { placesHint } from '../words/mailbox-words.ts';

/** The list with ticks, and what follows from it. */
export async function enableSome(session: Session, { rows }: MailboxList): Promise<Result<Outcome, Failure>> {
  const { terminal } = session;
  const off = rows.filter(({ state }) => state === 'off');
  if (off.length === 0) return ok(said('Every mailbox on this computer is enabled.'));
  for (const { address, reasons } of off) {
    if (reasons.length > 0)
      terminal.note(`${address} is not ticked: ${reasons.map(({ message }) => message).join(' ')}`);
  }
  const ticked = await terminal.chooseMany(
    'Which mailboxes shall be protected?',
    off.map((row) => ({ value: row.address, label: row.address, hint: placesHint(row), ticked: row.suggested })),
  );
  if (ticked === null || ticked.length === 0) return ok(NOTHING_CHANGED);
  return enable.run(session, { positionals: ticked, values: {} });
}

const said = (text: string): Outcome => ({ text, json: null, exit: 'done' });
