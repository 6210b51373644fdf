import type { ChangedByHand, MailboxCheck, PrefValue } from '@endymail/shared/mail';
import type { FactGroup } from './facts.ts';

/** Everything that a check of one place saw, exactly. */
export function checkFacts({ address, place, steps, changedByHand, people }: MailboxCheck): readonly FactGroup[] {
  return [
    {
      facts: [
        { name: 'mailbox', value: address },
        ...(place === null
          ? []
          : [
              { name: 'profile', value: place.profileName },
              { name: 'folder', value: place.profilePath },
              { name: 'identity', value: place.identityId },
            ]),
        ...steps.map(({ link, state, says, failure }) => ({
          name: link,
          value: [`${state}: ${says}`, failure === null ? '' : `(${failure.code})`, failure?.detail ?? '']
            .filter(Boolean)
            .join(' '),
        })),
        { name: 'people known here', value: String(people) },
      ],
    },
    ...(changedByHand.length === 0 ? [] : [{ title: 'Changed since', facts: changesFacts(changedByHand) }]),
  ];
}

/** What was changed by hand: what Endymail had set, what is there now, what was there before. */
export const changesFacts = (
  changes: readonly ChangedByHand[],
): readonly { readonly name: string; readonly value: string }[] => changes.map(changeFact);

function changeFact({ name, ours, now, before }: ChangedByHand) {
  return { name, value: `set by Endymail ${shown(ours)}, now ${shown(now)}, before Endymail ${shown(before)}` };
}

const shown = (value: PrefValue): string => (value === null ? '(not set)' : JSON.stringify(value));
