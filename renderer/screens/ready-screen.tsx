import type { AppView } from '@endymail/shared/ipc';
import type { Route } from '../state/route.ts';
import { usePageState, useView } from '../state/use-page.ts';
import { CreateAccountScreen } from './account/create-account-screen.tsx';
import { WordsScreen } from './account/words-screen.tsx';
import { ChooseScreen } from './choose/choose-screen.tsx';
import { StartingScreen } from './closed/starting-screen.tsx';
import { FramedScreen } from './framed-screen.tsx';
import { HomeScreen } from './home/home-screen.tsx';
import { JoinScreen } from './join/join-screen.tsx';
import { JoinPrompts } from './join-prompt/join-prompts.tsx';
import { NothingFoundScreen } from './nothing-found/nothing-found-screen.tsx';
import { DropToAdd } from './people/drop-to-add.tsx';
import { ProgressScreen } from './progress/progress-screen.tsx';
import { RecoverScreen } from './recover/recover-screen.tsx';
import { ReviewScreen } from './review/review-screen.tsx';

/** A backup is restored whether the agent is at work or not. */
export type ReadyRoute = Exclude<Route, { readonly screen: 'restore' }>;

/** The screen for where the person is, when the agent is at work. A new place is a new screen, with the focus at its top. */
export function ReadyScreen({ route }: { readonly route: ReadyRoute }) {
  return (
    <>
      <RouteScreen key={JSON.stringify(route)} route={route} />
      <DropToAdd />
      <JoinPrompts />
    </>
  );
}

function RouteScreen({ route }: { readonly route: ReadyRoute }) {
  switch (route.screen) {
    case 'review':
      return <ReviewScreen addresses={route.addresses} />;
    case 'progress':
      return <ProgressScreen />;
    case 'choose':
      return <ChooseScreen isFirst={false} />;
    case 'home':
      return <StartScreen />;
    case 'join':
      return <JoinScreen name={route.name} />;
    case 'create-account':
      return <CreateAccountScreen />;
    case 'recovery-words':
      return <WordsScreen />;
    case 'recover':
      return <RecoverScreen />;
    case 'account':
    case 'devices':
    case 'add-device':
    case 'mailbox':
    case 'share':
    case 'export':
    case 'turn-off':
    case 'people':
    case 'settings':
    case 'help':
    case 'back-up':
    case 'undo':
    case 'remove':
      return <FramedScreen route={route} />;
  }
}

/** Where one begins: what was found decides. */
function StartScreen() {
  const start = useView(startOf);
  // After a restart in the middle of joining the window opens there, until the person has gone elsewhere.
  const hasMoved = usePageState((state) => state.hasMoved);
  const isJoining = useView(({ joining }) => joining !== null);
  if (isJoining && !hasMoved) return <JoinScreen />;
  switch (start) {
    case 'looking':
      return <StartingScreen />;
    case 'nothing-found':
      return <NothingFoundScreen />;
    case 'first-start':
      return <ChooseScreen isFirst />;
    case 'home':
      return <HomeScreen />;
  }
}

/** The first start is over once something is enabled; who was here before has people, or a backup. */
function startOf({ mailboxes, people, settings, job }: AppView): 'looking' | 'nothing-found' | 'first-start' | 'home' {
  if (mailboxes.rows.length === 0) return mailboxes.lookedAt === null ? 'looking' : 'nothing-found';
  const isUnused = mailboxes.rows.every(({ state }) => state === 'off');
  return isUnused && people.length === 0 && settings.lastBackupAt === null && job?.isRunning !== true
    ? 'first-start'
    : 'home';
}
