import type { ChainLink, ChainStep } from '@endymail/shared/mail';
import { BadgeCheck, KeyRound, Mail, Send, User, X, type LucideIcon } from 'lucide-react';
import { CHAIN_NAMES, CHAIN_STATES, chainSays } from '../text/chain.ts';
import { Icon } from './icon.tsx';

const LINKS: readonly { readonly link: ChainLink; readonly icon: LucideIcon }[] = Object.freeze([
  { link: 'account', icon: User },
  { link: 'keys', icon: KeyRound },
  { link: 'certificate', icon: BadgeCheck },
  { link: 'client', icon: Mail },
  { link: 'delivery', icon: Send },
]);

const CLASSES: Readonly<Record<ChainStep['state'], string | undefined>> = Object.freeze({
  holds: undefined,
  broken: 'is-broken',
  unknown: 'is-unknown',
});

/** From the account to a delivered mail, with the broken link marked. What was not looked at is `unknown`. */
export function Chain({ steps, label }: { readonly steps: readonly ChainStep[]; readonly label: string }) {
  return (
    <ol className="chain" aria-label={label}>
      {LINKS.map(({ link, icon }) => {
        const state = steps.find((step) => step.link === link)?.state ?? 'unknown';
        return (
          <li key={link} className={CLASSES[state]}>
            {state === 'broken' && (
              <span className="chain__cut">
                <Icon of={X} />
              </span>
            )}
            <span className="chain__node">
              <Icon of={icon} />
            </span>
            <div className="chain__name">
              {CHAIN_NAMES[link]}
              <span className="visually-hidden">, {CHAIN_STATES[state]}</span>
            </div>
            <div className="chain__say">{chainSays({ link, state })}</div>
          </li>
        );
      })}
    </ol>
  );
}
