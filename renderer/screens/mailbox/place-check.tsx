import type { MailboxView } from '@endymail/shared/ipc';
import type { MailboxCheck } from '@endymail/shared/mail';
import { useId } from 'react';
import { Chain } from '../../components/chain.tsx';
import { Details } from '../../components/details.tsx';
import { checkFacts } from '../../text/check-facts.ts';
import { MAILBOX_SCREEN } from '../../text/mailbox-screen.ts';
import { Verdict } from './verdict.tsx';

interface PlaceCheckProps {
  readonly mailbox: MailboxView;
  readonly check: MailboxCheck;
  /** The mailbox is in several places: then this one is named. */
  readonly isOneOfMany: boolean;
  /** Something was changed here: what was seen is out of date. */
  readonly onChanged: () => void;
}

/** What was seen of a mailbox in one place: the chain, what it means, and the exact facts. */
export function PlaceCheck({ mailbox, check, isOneOfMany, onChanged }: PlaceCheckProps) {
  const id = useId();
  const place = mailbox.places.find(({ profileName }) => profileName === check.place?.profileName);
  const name = [place?.product, check.place?.profileName].filter((part) => part !== undefined).join(', ');
  return (
    <section className="section" aria-labelledby={id}>
      <h2 id={id} className={isOneOfMany ? undefined : 'visually-hidden'}>
        {isOneOfMany ? name : MAILBOX_SCREEN.chainHeading}
      </h2>
      <Chain steps={check.steps} label={MAILBOX_SCREEN.chainHeading} />
      <Verdict mailbox={mailbox} check={check} onChanged={onChanged} />
      <Details groups={checkFacts(check)} />
    </section>
  );
}
