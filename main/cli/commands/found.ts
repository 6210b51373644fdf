import { ok, type Failure, type Result } from '@endymail/shared/result';
import { reachedCount, type MailboxList } from '@endymail/shared/mail';
import type { Agent } from '../../agent/index.ts';

/** What was found on this computer, and how many people mail is encrypted to. `folders`: where else it was looked than usual. */
export interface Found {
  readonly list: MailboxList;
  readonly people: number;
  readonly folders: readonly string[];
}

export async function lookAround(agent: Agent, now: Date): Promise<Result<Found, Failure>> {
  const list = await agent.mailboxes();
  if (!list.ok) return list;
  const people = await agent.people();
  if (!people.ok) return people;
  const folders = await agent.folders();
  return folders.ok
    ? ok({ list: list.value, people: reachedCount(people.value, now), folders: folders.value })
    : folders;
}
