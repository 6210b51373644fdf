import type { ChainLink, MailboxCheck } from '@endymail/shared/mail';

const LINKS: Readonly<Record<ChainLink, string>> = Object.freeze({
  account: 'Account',
  keys: 'Keys',
  certificate: 'Certificate',
  client: 'Thunderbird',
  delivery: 'Delivery',
});

const MARKS = Object.freeze({ holds: '✓', broken: '✗', unknown: '?' });

/** The chain of each mailbox, link by link. */
export function checkWords(checks: readonly MailboxCheck[]): string {
  return checks.map(chainWords).join('\n\n');
}

function chainWords({ address, place, steps, changedByHand }: MailboxCheck): string {
  return [
    place === null ? address : `${address} in the profile “${place.profileName}”`,
    ...steps.flatMap(({ link, state, says, failure }) => [
      `  ${MARKS[state]} ${LINKS[link].padEnd(11)}  ${says}`,
      ...(failure ? [`      ${failure.advice}`] : []),
    ]),
    ...changedByHand.map(({ name }) => `  ! Changed by you since Endymail set it: ${name}`),
  ].join('\n');
}
