import type { MailboxView } from '@endymail/shared/ipc';
import { reachedCount, type MailAddress } from '@endymail/shared/mail';
import { RefreshCw } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { BackLink } from '../../components/back-link.tsx';
import { Button } from '../../components/button.tsx';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Icon } from '../../components/icon.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { usePage, useView } from '../../state/use-page.ts';
import { momentWords } from '../../text/dates.ts';
import { FRAME } from '../../text/frame.ts';
import { MAILBOX_SCREEN } from '../../text/mailbox-screen.ts';
import { placesWords, stateWords } from '../../text/mailbox.ts';
import { MailboxActions } from './mailbox-actions.tsx';
import { PlaceCheck } from './place-check.tsx';
import { useChecks, type Checks } from './use-checks.ts';

/** One mailbox: its state, the chain from account to delivery for each place it is in, and what can be done with it. */
export function MailboxScreen({ address }: { readonly address: MailAddress }) {
  const mailbox = useView(({ mailboxes }) => mailboxes.rows.find((row) => row.address === address));
  return (
    <>
      <BackLink>{FRAME.home}</BackLink>
      {mailbox === undefined ? (
        <PageHead title={address} lead={MAILBOX_SCREEN.gone} />
      ) : mailbox.state === 'off' ? (
        <OffMailbox mailbox={mailbox} />
      ) : (
        <EnabledMailbox mailbox={mailbox} key={address} />
      )}
    </>
  );
}

function OffMailbox({ mailbox }: { readonly mailbox: MailboxView }) {
  const { go } = usePage();
  return (
    <>
      <PageHead title={mailbox.address} lead={<Lead mailbox={mailbox} />} />
      <div className="verdict">
        <div>
          <p>
            <strong>{MAILBOX_SCREEN.offTitle}</strong>
          </p>
          <p>{MAILBOX_SCREEN.off}</p>
        </div>
        <div className="buttons verdict__do">
          <Button
            kind="primary"
            onClick={() => {
              go({ screen: 'review', addresses: [mailbox.address] });
            }}
          >
            {MAILBOX_SCREEN.enable}
          </Button>
        </div>
      </div>
    </>
  );
}

function EnabledMailbox({ mailbox }: { readonly mailbox: MailboxView }) {
  const looking = useChecks(mailbox.address);
  const { action, checks } = looking;
  const look = useEffectEvent(action.run);
  useEffect(() => {
    look();
    // Looked at anew when the state changes: what waited may be done by now.
  }, [mailbox.state]);

  return (
    <>
      <PageHead
        title={mailbox.address}
        lead={<Lead mailbox={mailbox} looking={looking} />}
        isLive
        end={
          <Button icon={<Icon of={RefreshCw} small />} action={action}>
            {MAILBOX_SCREEN.check}
          </Button>
        }
      />
      <ActionFailure action={action} />
      {checks?.map((check) => (
        <PlaceCheck
          key={`${check.place?.profilePath ?? ''} ${check.place?.identityId ?? ''}`}
          mailbox={mailbox}
          check={check}
          isOneOfMany={checks.length > 1}
          onChanged={action.run}
        />
      ))}
      <MailboxActions address={mailbox.address} />
    </>
  );
}

/** State, place, and as of when. */
function Lead({ mailbox, looking }: { readonly mailbox: MailboxView; readonly looking?: Checks }) {
  const people = useView((view) => reachedCount(view.people, new Date()));
  const { mark, words } = stateWords(mailbox.state, people);
  const where = placesWords(mailbox);
  const lookedAt = looking?.lookedAt ?? null;
  return (
    <>
      <StateMark mark={mark}>{words}</StateMark> {where !== '' && <span className="sep">{where}</span>}{' '}
      {looking?.action.isShown === true ? (
        <span className="sep">{MAILBOX_SCREEN.checking}</span>
      ) : (
        lookedAt !== null && <span className="sep">{MAILBOX_SCREEN.lookedAt(momentWords(lookedAt, new Date()))}</span>
      )}
    </>
  );
}
