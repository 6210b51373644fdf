import { Copy } from 'lucide-react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { BackLink } from '../../components/back-link.tsx';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Section } from '../../components/section.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient, useView } from '../../state/use-page.ts';
import { ADD_DEVICE } from '../../text/invitation.ts';
import { InvitedDialog } from '../devices/invited-dialog.tsx';
import { NoAccount } from '../devices/no-account.tsx';
import { InvitationSection } from './invitation-section.tsx';

/** Both ways in which another device comes into the account. */
export function AddDeviceScreen() {
  const client = useClient();
  const name = useView(({ account }) => account?.name ?? '');
  const copy = useAction(() => client.copyText(name));
  if (name === '') return <NoAccount />;
  const [start, typeName, digits] = ADD_DEVICE.steps;
  return (
    <>
      <BackLink>{ADD_DEVICE.back}</BackLink>
      <PageHead title={ADD_DEVICE.title} lead={ADD_DEVICE.lead} />
      <Section title={ADD_DEVICE.ask}>
        <ol className="steps">
          <li>{start}</li>
          <li>
            {typeName}
            <span className="steps__name">
              <span className="code">{name}</span>
              <Button kind="plain" icon={<Icon of={Copy} small />} action={copy}>
                {ADD_DEVICE.copyName}
              </Button>
            </span>
          </li>
          <li>{digits}</li>
        </ol>
        <ActionFailure action={copy} />
      </Section>
      <InvitationSection />
      <InvitedDialog />
    </>
  );
}
