import type { MailAddress } from '@endymail/shared/mail';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Row } from '../../components/row.tsx';
import { TestMailDialog } from './test-mail-dialog.tsx';
import { useTestMail } from './use-test-mail.ts';

/** A row that opens a test mail to oneself in Thunderbird, and then says what to look for. */
export function TestMailRow({ address, name }: { readonly address: MailAddress; readonly name: string }) {
  const { action, subject, close } = useTestMail(address);
  return (
    <li>
      <Row
        name={name}
        end={action.isShown ? <span className="spinner" aria-hidden="true" /> : undefined}
        onOpen={action.run}
      />
      <ActionFailure action={action} />
      {subject !== null && <TestMailDialog address={address} subject={subject} onClose={close} />}
    </li>
  );
}
