import type { WorkView } from '@endymail/shared/ipc';

/** How work on the mail clients ended. */
export const WORK = Object.freeze({
  left: 'What you had changed since was left as you have it.',
});

/** Which client has to be closed: where there are several profiles, its name tells which window is meant. */
export const waitsFor = ({ product, profileName }: WorkView['waiting'][number]): string =>
  `${product} is open (profile “${profileName}”).`;

export function leftFacts(left: WorkView['left']): readonly { readonly name: string; readonly value: string }[] {
  return left.map(({ name, address }) => ({ name, value: address ?? 'whole profile' }));
}
