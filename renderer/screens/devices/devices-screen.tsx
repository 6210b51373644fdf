import type { AccountView, DeviceView } from '@endymail/shared/account';
import { ChevronRight, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Note } from '../../components/note.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Section } from '../../components/section.tsx';
import { useNow } from '../../state/use-now.ts';
import { usePage, useView } from '../../state/use-page.ts';
import { DEVICES, devicesLead, ignoredWords, sharedAsOf } from '../../text/devices.ts';
import { AskingSection } from './asking-section.tsx';
import { DeviceDialog } from './device-dialog.tsx';
import { DeviceRows } from './device-rows.tsx';
import { InvitedDialog } from './invited-dialog.tsx';
import { NoAccount } from './no-account.tsx';
import { TasksSection } from './tasks-section.tsx';
import { ActsSection } from './acts-section.tsx';

/** The devices of the account: those that ask, what waits or is left to do, those that belong, those that were removed. */
export function DevicesScreen() {
  const account = useView((view) => view.account);
  return account === null ? <NoAccount /> : <AccountDevices account={account} />;
}

function AccountDevices({ account }: { readonly account: AccountView }) {
  const { go } = usePage();
  const now = useNow();
  const devices = useView((view) => view.devices);
  const [shownId, setShownId] = useState<string | null>(null);
  const shown = devices.find(({ id }) => id === shownId);
  const open = ({ id }: DeviceView): void => {
    setShownId(id);
  };
  const here = devices.filter(({ state }) => state !== 'removed');
  // The heading of the screen says what the list is, as long as nothing stands between.
  const asking = useView(({ pending }) => pending.devices.length);
  const isAlone = asking + account.acts.length + account.tasks.length === 0;
  const removed = devices.filter(({ state }) => state === 'removed');
  return (
    <>
      <PageHead
        title={DEVICES.title}
        lead={`${devicesLead(account, here.length)} ${sharedAsOf(account.sync, now)}`}
        end={
          account.device.mayApprove && (
            <Button
              icon={<Icon of={Plus} small />}
              onClick={() => {
                go({ screen: 'add-device' });
              }}
            >
              {DEVICES.add}
            </Button>
          )
        }
      />
      <AskingSection />
      <ActsSection acts={account.acts} />
      <TasksSection tasks={account.tasks} />
      <Section title={DEVICES.list} isTitleHidden={isAlone}>
        <DeviceRows devices={here} onOpen={open} />
      </Section>
      {here.length === 1 && account.words !== 'confirmed' && <Note>{DEVICES.onlyThis}</Note>}
      {ignoredWords(account.sync.ignored, devices).map((words) => (
        <Note key={words}>{words}</Note>
      ))}
      {removed.length > 0 && (
        <details className="details section">
          <summary>
            <Icon of={ChevronRight} small />
            {DEVICES.removedList(removed.length)}
          </summary>
          <DeviceRows devices={removed} onOpen={open} />
        </details>
      )}
      {shown !== undefined && (
        <DeviceDialog
          device={shown}
          onClose={() => {
            setShownId(null);
          }}
        />
      )}
      <InvitedDialog />
    </>
  );
}
