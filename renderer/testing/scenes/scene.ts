import type { AppView } from '@endymail/shared/ipc';
import type { Route } from '../../state/route.ts';
import type { FakeHandlers } from '../fake-window.ts';

/** One state of the whole window, by its name in SCENES. */
export interface Scene {
  readonly view: AppView;
  /** Where the person is; home unless given. */
  readonly route?: Route;
  /** How the shell answers. */
  readonly handlers?: FakeHandlers;
}
