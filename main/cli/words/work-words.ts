import type { WorkReport } from '../../agent/index.ts';
import type { ExitName } from '@endymail/shared/result';
import { FAILURES } from '@endymail/shared/result';
import type { Outcome } from '../command-line/command.ts';

/**
 * The outcome of work on the profiles: `done` says it where all of it was done, else each profile that waits says why.
 * What a person changed by hand and what was left so is named.
 */
export function workOutcome(report: WorkReport, done: string): Outcome {
  const left = report.done.flatMap((profile) => profile.changedByHand);
  const lines = [
    ...(report.waiting.length === 0 ? [done] : []),
    ...report.waiting.map(({ profile, why }) => `! Profile “${profile.name}”: ${why.message}\n  ${why.advice}`),
    ...left.map(({ name }) => `Left as you have it: ${name}`),
    ...(left.length > 0 ? ['Put it back with --put-back.'] : []),
  ];
  return { text: lines.join('\n'), json: workJson(report), exit: exitOf(report) };
}

/** The stable form for scripts. */
export function workJson({ done, waiting }: WorkReport) {
  return {
    profiles: done.map(({ profileId, applied, changedByHand }) => ({ id: profileId, applied, changedByHand })),
    waiting: waiting.map(({ profile, why }) => ({ id: profile.id, name: profile.name, path: profile.path, ...why })),
  };
}

function exitOf({ waiting }: WorkReport): ExitName {
  const [first] = waiting;
  return first ? FAILURES[first.why.code].exit : 'done';
}
