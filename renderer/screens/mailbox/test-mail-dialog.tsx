import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { COMMON } from '../../text/common.ts';
import { TEST_MAIL } from '../../text/test-mail.ts';

interface TestMailDialogProps {
  readonly address: string;
  readonly subject: string;
  readonly onClose: () => void;
}

/** What to do with the test mail that Thunderbird shows now, and what to look for. */
export function TestMailDialog({ address, subject, onClose }: TestMailDialogProps) {
  const [send, wait, look] = TEST_MAIL.steps;
  return (
    <Dialog
      title={TEST_MAIL.heading}
      onClose={onClose}
      bar={
        <Button kind="primary" onClick={onClose}>
          {COMMON.close}
        </Button>
      }
    >
      <p className="lead">{TEST_MAIL.opened(address)}</p>
      <ol className="steps">
        <li>{send}</li>
        <li>
          {wait} <strong className="code">{subject}</strong>
        </li>
        <li>{look}</li>
      </ol>
      <p className="muted hint">{TEST_MAIL.notSeen}</p>
    </Dialog>
  );
}
