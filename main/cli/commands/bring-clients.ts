import { ok, type Failure, type Result } from '@endymail/shared/result';
import type { Agent } from '../../agent/index.ts';
import type { Outcome } from '../command-line/command.ts';
import type { Session } from '../session.ts';
import { workJson, workOutcome } from '../words/work-words.ts';

/** What a command has done with the account, whatever the mail clients do. */
interface AccountWork {
  readonly done: string;
  readonly json: object;
}

/**
 * Brings the mail clients to what came with the account. Where one can not be now (it is open, or the person must decide
 * something), that is said beside what was done; `wait`: until an open one is closed.
 */
export async function bringClients(
  agent: Agent,
  session: Session,
  wait: boolean,
  { done, json }: AccountWork,
): Promise<Result<Outcome, Failure>> {
  const { onProgress } = session;
  const report = await agent.reconcile({
    onProgress: (progress) => {
      // Who does not wait is told at the end, with what else there is to say.
      if (wait || progress.kind !== 'waiting') onProgress(progress);
    },
    ...(wait ? { wait: session.wait } : {}),
  });
  if (!report.ok) return report;
  const clients = workOutcome(report.value, { done: '' });
  return ok({
    ...clients,
    text: [done, clients.text].filter((text) => text !== '').join('\n'),
    json: { ...json, ...workJson(report.value) },
  });
}
