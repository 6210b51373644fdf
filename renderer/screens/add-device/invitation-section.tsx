import { useEffect, useState } from 'react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { Section } from '../../components/section.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient } from '../../state/use-page.ts';
import { ADD_DEVICE } from '../../text/invitation.ts';
import { Invitation } from './invitation.tsx';

/** The invitation: its link is here only while this screen is, and the shell forgets it with it. */
export function InvitationSection() {
  const client = useClient();
  const [made, setMade] = useState<{ readonly link: string; readonly expiresAt: string } | null>(null);
  const make = useAction(() => client.invite(), setMade);
  const isMade = made !== null;
  useEffect(() => {
    if (!isMade) return;
    return () => {
      void client.dismissInvitation();
    };
  }, [client, isMade]);
  return (
    <Section title={ADD_DEVICE.invite}>
      <p className="muted">{ADD_DEVICE.means}</p>
      {made === null ? (
        <div className="buttons after-list">
          <Button action={make}>{ADD_DEVICE.make}</Button>
        </div>
      ) : (
        <Invitation key={made.link} {...made} renewal={make} />
      )}
      <ActionFailure action={make} />
    </Section>
  );
}
