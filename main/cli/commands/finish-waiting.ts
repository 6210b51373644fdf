import { ok, type Failure, type Result } from '@endymail/shared/result';
import type { Agent, WorkReport } from '../../agent/index.ts';
import { flag, type OptionSpec, type OptionValues } from '../command-line/command.ts';
import type { Session } from '../session.ts';

export const WAIT_OPTION: Readonly<Record<string, OptionSpec>> = Object.freeze({
  wait: { type: 'boolean', help: 'While Thunderbird runs, wait until it is closed (in a terminal: usual).' },
});

/** Whether somebody waits for a client to be closed: a person at the terminal always, a script when it says so. */
export function isWaiting(session: Session, values: OptionValues): boolean {
  return session.canAsk || flag(values, 'wait');
}

/** What was remembered while a client was open is done when it is closed, where somebody waits for that. */
export async function finishWaiting(
  agent: Agent,
  session: Session,
  report: WorkReport,
  wait: boolean,
): Promise<Result<WorkReport, Failure>> {
  const isOpen = report.waiting.some(({ why }) => why.code === 'client-running' || why.code === 'client-started');
  if (!isOpen || !wait) return ok(report);
  const rest = await agent.reconcile({ wait: session.wait, onProgress: session.onProgress });
  return rest.ok ? ok({ done: [...report.done, ...rest.value.done], waiting: rest.value.waiting }) : rest;
}
