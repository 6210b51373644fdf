import type { AppChange, AppView, WindowClient } from '@endymail/shared/ipc';
import type { MailAddress } from '@endymail/shared/mail';
import type { Failure } from '@endymail/shared/result';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Bridge } from '../ipc/bridge.ts';
import { onWindowEvent, windowClient } from '../ipc/client.ts';
import { NOBODY_ASKS, opened, type Asking } from './asking.ts';
import { beginEnabling, withJob, type Enabling } from './enabling.ts';
import { HOME, routeOfLink, type Route } from './route.ts';

/** What the page knows: what the shell said, slice by slice, and where the person is. No rule of the domain. */
export interface PageState {
  /** Null until the shell has said it once. */
  readonly view: AppView | null;
  /** Why it could not be had. */
  readonly noView: Failure | null;
  readonly route: Route;
  /** Where *Back* and Esc lead; the last one first. */
  readonly past: readonly Route[];
  /** The person has gone somewhere since the window was opened. */
  readonly hasMoved: boolean;
  /** The set-up of mailboxes that goes on, or the last one; null: none since the window was opened. */
  readonly enabling: Enabling | null;
  /** Which device that asks to join is in front of the person. */
  readonly asking: Asking;
}

/** One page: its state, the other end, and the ways through it. */
export interface Page {
  readonly store: StoreApi<PageState>;
  readonly client: WindowClient;
  readonly go: (route: Route) => void;
  /** Like `go`, but *Back* does not lead here again: a step that is over. */
  readonly replace: (route: Route) => void;
  /** Like `go`, with everything before it over: *Back* leads home. */
  readonly begin: (route: Route) => void;
  /** To where the person came from, else home. */
  readonly back: () => void;
  /** Sets mailboxes up, each group with what was said to its plan, one after the other; goes on without a screen. */
  readonly enable: (groups: readonly EnableGroup[]) => Promise<void>;
  /** The last set-up once more; what of it is done stays as it is. */
  readonly enableAgain: () => Promise<void>;
  /** Asks for everything once more. */
  readonly load: () => Promise<void>;
}

/** Mailboxes that are set up with the same words of the person. */
export interface EnableGroup {
  readonly addresses: readonly MailAddress[];
  readonly choices: Parameters<WindowClient['enable']>[1];
}

/** More steps back than anybody takes. */
const PAST_MAX = 20;

/** Makes the page's state and begins to listen. `route`: where it starts. */
export function createPage(bridge: Bridge, route: Route = HOME): Page {
  const client = windowClient(bridge);
  const store = createStore<PageState>(() => ({
    view: null,
    noView: null,
    route,
    past: [],
    hasMoved: false,
    enabling: null,
    asking: NOBODY_ASKS,
  }));
  const go = (next: Route): void => {
    store.setState(({ route: before, past }) => ({
      route: next,
      past: [before, ...past].slice(0, PAST_MAX),
      hasMoved: true,
    }));
  };
  onWindowEvent(bridge, 'changed', (change) => {
    // Before the snapshot there is nothing to change: it will hold this already.
    store.setState(({ view, enabling }) =>
      view === null
        ? {}
        : { view: changedView(view, change), enabling: enabling === null ? null : withJob(enabling, change.job) },
    );
  });
  onWindowEvent(bridge, 'open', (link) => {
    if (link.screen === 'join-prompt') store.setState(({ asking }) => ({ asking: opened(asking, link.id) }));
    else go(routeOfLink(link));
  });
  let wanted: readonly EnableGroup[] = [];
  const enable = async (groups: readonly EnableGroup[]): Promise<void> => {
    wanted = groups;
    store.setState({ enabling: beginEnabling(groups.flatMap(({ addresses }) => addresses)) });
    let failed: Failure | null = null;
    for (const { addresses, choices } of groups) {
      const answer = await client.enable(addresses, choices);
      if (!answer.ok) failed ??= answer.error;
    }
    store.setState(({ enabling }) =>
      enabling === null ? {} : { enabling: { ...enabling, isAsking: false, failure: failed } },
    );
  };
  return {
    store,
    client,
    go,
    replace: (next) => {
      store.setState({ route: next, hasMoved: true });
    },
    begin: (next) => {
      store.setState({ route: next, past: [], hasMoved: true });
    },
    back: () => {
      store.setState(({ past: [before = HOME, ...past] }) => ({ route: before, past, hasMoved: true }));
    },
    enable,
    enableAgain: () => enable(wanted),
    load: async () => {
      const snapshot = await client.snapshot();
      store.setState(snapshot.ok ? { view: snapshot.value, noView: null } : { noView: snapshot.error });
    },
  };
}

/** Each slice that is named stands in the place of the one before; the others stay the same objects. */
export function changedView(view: AppView, change: AppChange): AppView {
  return {
    agent: change.agent ?? view.agent,
    mailboxes: change.mailboxes ?? view.mailboxes,
    people: change.people ?? view.people,
    attention: change.attention ?? view.attention,
    job: change.job === undefined ? view.job : change.job,
    gap: change.gap === undefined ? view.gap : change.gap,
    settings: change.settings ?? view.settings,
    about: change.about ?? view.about,
    account: change.account === undefined ? view.account : change.account,
    devices: change.devices ?? view.devices,
    pending: change.pending ?? view.pending,
    joining: change.joining === undefined ? view.joining : change.joining,
    joiningProblem: change.joiningProblem === undefined ? view.joiningProblem : change.joiningProblem,
    invitation: change.invitation === undefined ? view.invitation : change.invitation,
    invitedTo: change.invitedTo === undefined ? view.invitedTo : change.invitedTo,
  };
}
