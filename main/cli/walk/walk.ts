import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { Outcome } from '../command-line/command.ts';
import { lookAround, type Found } from '../commands/found.ts';
import { takeNextChance } from '../commands/next-chance.ts';
import type { Session } from '../session.ts';
import { mailboxListWords } from '../words/mailbox-words.ts';
import { WELCOME } from '../words/walk-words.ts';
import { enableSome } from './enable-some.ts';
import { homeMenu } from './home-menu.ts';

/**
 * `endymail` without a command. In a terminal a guided walk: what was found with ticks, the plan, the work; the next time,
 * the state of things with a menu. Without a terminal it says what it found and the next command, and ends.
 * The walk itself only composes commands, so that whatever it does can be done by one.
 */
export async function walk(session: Session): Promise<Result<Outcome, Failure>> {
  const found = await look(session);
  if (!found.ok) return found;
  const isSetUp = found.value.list.rows.some(({ state }) => state !== 'off');
  if (!session.canAsk) return ok(summary(found.value, isSetUp));
  if (!isSetUp) {
    session.terminal.note(WELCOME);
    const enabled = await enableSome(session, found.value.list);
    if (!enabled.ok || enabled.value.exit !== 'done') return enabled;
    session.terminal.note(enabled.value.text);
  }
  return homeMenu(session, () => look(session));
}

function look(session: Session): Promise<Result<Found, Failure>> {
  return session.withAgent(async (agent) => {
    await takeNextChance(agent, session);
    const found = await lookAround(agent, new Date());
    if (!found.ok || found.value.list.rows.length > 0) return found;
    return err(found.value.list.problems[0] ?? failure('no-mailbox'));
  });
}

function summary({ list, people, folders }: Found, isSetUp: boolean): Outcome {
  const [first] = [...list.rows].sort((left, right) => Number(right.suggested) - Number(left.suggested));
  const next = isSetUp ? 'endymail check' : `endymail plan ${first?.address ?? '<address>'}`;
  return {
    text: `${mailboxListWords(list, people)}\n\nNext: npx --no-install ${next}`,
    json: { ...list, folders, next },
    exit: 'done',
  };
}
