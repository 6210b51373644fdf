import type { Failure } from '@endymail/shared/result';

/** What happened and what to do, and the technical text below it. */
export function failureWords({ message, advice, detail }: Failure): string {
  const details = detail === undefined || detail === '' ? [] : [`Details: ${detail}`];
  return [message, advice, ...details].join('\n');
}
