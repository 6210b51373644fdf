import { AppFrame } from '../components/app-frame.tsx';
import type { Route } from '../state/route.ts';
import { AccountScreen } from './account/account-screen.tsx';
import { AddDeviceScreen } from './add-device/add-device-screen.tsx';
import { BackUpScreen } from './backup/back-up-screen.tsx';
import { DevicesScreen } from './devices/devices-screen.tsx';
import { ExportScreen } from './export/export-screen.tsx';
import { HelpScreen } from './help/help-screen.tsx';
import { MailboxScreen } from './mailbox/mailbox-screen.tsx';
import { PeopleScreen } from './people/people-screen.tsx';
import { RemoveScreen } from './removal/remove-screen.tsx';
import { TurnOffScreen } from './removal/turn-off-screen.tsx';
import { UndoScreen } from './removal/undo-screen.tsx';
import { SettingsScreen } from './settings/settings-screen.tsx';
import { ShareScreen } from './share/share-screen.tsx';

/** The places that stand in the frame with the sections, apart from home. */
export type FramedRoute = Extract<
  Route,
  {
    readonly screen:
      | 'account'
      | 'devices'
      | 'add-device'
      | 'mailbox'
      | 'share'
      | 'export'
      | 'turn-off'
      | 'people'
      | 'settings'
      | 'help'
      | 'back-up'
      | 'undo'
      | 'remove';
  }
>;

export function FramedScreen({ route }: { readonly route: FramedRoute }) {
  return (
    <AppFrame>
      <Inside route={route} />
    </AppFrame>
  );
}

function Inside({ route }: { readonly route: FramedRoute }) {
  switch (route.screen) {
    case 'account':
      return <AccountScreen />;
    case 'mailbox':
      return <MailboxScreen address={route.address} />;
    case 'share':
      return <ShareScreen address={route.address} />;
    case 'export':
      return <ExportScreen address={route.address} />;
    case 'turn-off':
      return <TurnOffScreen address={route.address} />;
    case 'people':
      return <PeopleScreen />;
    case 'devices':
      return <DevicesScreen />;
    case 'add-device':
      return <AddDeviceScreen />;
    case 'settings':
      return <SettingsScreen />;
    case 'help':
      return <HelpScreen />;
    case 'back-up':
      return <BackUpScreen />;
    case 'undo':
      return <UndoScreen />;
    case 'remove':
      return <RemoveScreen />;
  }
}
