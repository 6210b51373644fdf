import { useClient, useView } from '../../state/use-page.ts';
import { JoinedDialog } from '../join-prompt/joined-dialog.tsx';

/** Who joined by the invitation that was made here, until the person has read it. */
export function InvitedDialog() {
  const client = useClient();
  const joined = useView(({ invitation }) => invitation?.joined ?? null);
  if (joined === null) return null;
  return (
    <JoinedDialog
      device={joined}
      isInvited
      onClose={() => {
        void client.dismissInvitation();
      }}
    />
  );
}
