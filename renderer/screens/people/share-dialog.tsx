import type { MailboxView } from '@endymail/shared/ipc';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Row } from '../../components/row.tsx';
import { usePage } from '../../state/use-page.ts';
import { COMMON } from '../../text/common.ts';
import { NO_PEOPLE } from '../../text/people.ts';

interface ShareDialogProps {
  readonly mailboxes: readonly MailboxView[];
  readonly onClose: () => void;
}

/** Which mailbox is shared, where there are several. */
export function ShareDialog({ mailboxes, onClose }: ShareDialogProps) {
  const { go } = usePage();
  return (
    <Dialog title={NO_PEOPLE.which} onClose={onClose} bar={<Button onClick={onClose}>{COMMON.cancel}</Button>}>
      <ul className="list list--closed section">
        {mailboxes.map(({ address }) => (
          <li key={address}>
            <Row
              name={address}
              onOpen={() => {
                go({ screen: 'share', address });
              }}
            />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
