import type { WorkReport } from '../../agent/index.ts';
import { FAILURES, type ExitName } from '@endymail/shared/result';
import type { ClientProfile } from '@endymail/shared/mail';
import type { Outcome } from '../command-line/command.ts';

export interface WorkSaid {
  /** What to say where all of it was done. */
  readonly done: string;
  /** The profiles that the command was about; what waits in others is said, but does not fail it. All unless given. */
  readonly concerns?: (profile: ClientProfile) => boolean;
  /** Whether something that the person changed, and that was left so, leaves something to decide. */
  readonly leftNeedsPerson?: boolean;
}

/**
 * The outcome of work on the profiles: `done` says it where all of it was done, else each profile that waits says why.
 * What a person changed by hand and what was left so is named.
 */
export function workOutcome(report: WorkReport, said: WorkSaid): Outcome {
  const concerns = said.concerns ?? (() => true);
  const left = report.done.flatMap((profile) => profile.changedByHand);
  const isDone = !report.waiting.some(({ profile }) => concerns(profile));
  const lines = [
    ...(isDone ? [said.done] : []),
    ...report.waiting.map(({ profile, why }) => `! Profile “${profile.name}”: ${why.message}\n  ${why.advice}`),
    ...left.map(({ name }) => `Left as you have it: ${name}`),
    ...(left.length > 0 ? ['Put it back with --put-back.'] : []),
  ];
  return {
    text: lines.join('\n'),
    json: workJson(report),
    exit: exitOf(report, concerns, said.leftNeedsPerson ?? false),
  };
}

/** The stable form for scripts. */
export function workJson({ done, waiting }: WorkReport) {
  return {
    profiles: done.map(({ profileId, applied, changedByHand }) => ({ id: profileId, applied, changedByHand })),
    waiting: waiting.map(({ profile, why }) => ({ id: profile.id, name: profile.name, path: profile.path, ...why })),
  };
}

/** What is broken counts before what only needs the person. */
function exitOf(
  { done, waiting }: WorkReport,
  concerns: (profile: ClientProfile) => boolean,
  leftNeedsPerson: boolean,
): ExitName {
  const exits: ExitName[] = waiting
    .filter(({ profile }) => concerns(profile))
    .map(({ why }) => FAILURES[why.code].exit);
  if (leftNeedsPerson && done.some(({ changedByHand }) => changedByHand.length > 0)) exits.push('needsPerson');
  return exits.find((exit) => exit !== 'needsPerson') ?? exits[0] ?? 'done';
}
