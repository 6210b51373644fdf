import type { WorkView } from '@endymail/shared/ipc';

/** How work on the mail clients ended. */
export const WORK = Object.freeze({
  left: 'What you had changed since was left as you have it.',
});

export function leftFacts(left: WorkView['left']): readonly { readonly name: string; readonly value: string }[] {
  return left.map(({ name, address }) => ({ name, value: address ?? 'whole profile' }));
}
