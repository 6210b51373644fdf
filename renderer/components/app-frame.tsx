import { assertNever } from '@endymail/shared/result';
import { CircleHelp, House, MonitorSmartphone, Settings, Users, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Route } from '../state/route.ts';
import { usePage, usePageState, useView } from '../state/use-page.ts';
import { APP_NAME } from '../text/common.ts';
import { FRAME, needYou } from '../text/frame.ts';
import { AccountPlace } from './account-place.tsx';
import { Icon } from './icon.tsx';

/** A section of the navigation, or the account at the bottom of the side. */
type Section = 'home' | 'people' | 'devices' | 'help' | 'settings' | 'account';

/** Which section a screen belongs to. */
function sectionOf({ screen }: Route): Section {
  switch (screen) {
    case 'account':
    case 'people':
    case 'devices':
    case 'help':
    case 'settings':
      return screen;
    case 'add-device':
      return 'devices';
    case 'back-up':
    case 'restore':
    case 'undo':
    case 'remove':
      return 'settings';
    case 'home':
    case 'choose':
    case 'review':
    case 'progress':
    case 'mailbox':
    case 'share':
    case 'export':
    case 'turn-off':
    case 'join':
    case 'create-account':
    case 'recovery-words':
    case 'recover':
      return 'home';
    default:
      return assertNever(screen);
  }
}

/** The window with its navigation: sections above, help and settings below, then what this computer's state is. */
export function AppFrame({ children }: { readonly children: ReactNode }) {
  const current = sectionOf(usePageState(({ route }) => route));
  const attention = useView((view) => view.attention.length);
  return (
    <div className="app">
      <header className="app__side">
        <span className="brand">{APP_NAME}</span>
        <nav className="app__nav" aria-label={FRAME.sections}>
          <ul>
            <NavItem to="home" icon={House} current={current}>
              {attention > 0 && (
                <span className="count">
                  {attention}
                  <span className="visually-hidden"> {needYou(attention)}</span>
                </span>
              )}
            </NavItem>
            <NavItem to="people" icon={Users} current={current} />
            <NavItem to="devices" icon={MonitorSmartphone} current={current} />
          </ul>
          <ul>
            <NavItem to="help" icon={CircleHelp} current={current} />
            <NavItem to="settings" icon={Settings} current={current} />
          </ul>
        </nav>
        <AccountPlace isCurrent={current === 'account'} />
      </header>
      <main className="app__main">{children}</main>
    </div>
  );
}

interface NavItemProps {
  readonly to: Exclude<Section, 'account'>;
  readonly icon: LucideIcon;
  readonly current: Section;
  readonly children?: ReactNode;
}

function NavItem({ to, icon, current, children }: NavItemProps) {
  const { go } = usePage();
  return (
    <li>
      <button
        type="button"
        aria-current={to === current ? 'page' : undefined}
        onClick={() => {
          go({ screen: to });
        }}
      >
        <Icon of={icon} />
        <span>{FRAME[to]}</span>
        {children}
      </button>
    </li>
  );
}
