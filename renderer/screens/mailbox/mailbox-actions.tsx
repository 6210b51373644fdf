import type { MailAddress } from '@endymail/shared/mail';
import { Row } from '../../components/row.tsx';
import { Section } from '../../components/section.tsx';
import { usePage } from '../../state/use-page.ts';
import { MAILBOX_SCREEN } from '../../text/mailbox-screen.ts';
import { TestMailRow } from './test-mail-row.tsx';

/** What can be done with an enabled mailbox. */
export function MailboxActions({ address }: { readonly address: MailAddress }) {
  const { go } = usePage();
  return (
    <Section title={MAILBOX_SCREEN.more} isTitleHidden>
      <ul className="list list--closed">
        <TestMailRow address={address} name={MAILBOX_SCREEN.sendTest} />
        <li>
          <Row
            name={MAILBOX_SCREEN.share}
            sub={MAILBOX_SCREEN.shareHint}
            onOpen={() => {
              go({ screen: 'share', address });
            }}
          />
        </li>
        <li>
          <Row
            name={MAILBOX_SCREEN.export}
            sub={MAILBOX_SCREEN.exportHint}
            onOpen={() => {
              go({ screen: 'export', address });
            }}
          />
        </li>
        <li>
          <Row
            name={MAILBOX_SCREEN.turnOff}
            sub={MAILBOX_SCREEN.turnOffHint}
            onOpen={() => {
              go({ screen: 'turn-off', address });
            }}
          />
        </li>
      </ul>
    </Section>
  );
}
