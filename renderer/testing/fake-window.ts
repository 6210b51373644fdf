import {
  answering,
  WINDOW_CALLS,
  type WINDOW_EVENTS,
  type AppChange,
  type AppView,
  type Handlers,
  type ScreenLink,
} from '@endymail/shared/ipc';
import { err, failure, ok } from '@endymail/shared/result';
import type { Bridge } from '../ipc/bridge.ts';
import { changedView } from '../state/page.ts';

type WindowHandlers = Handlers<typeof WINDOW_CALLS>;

/** A shell for tests and scenes, derived from the contract: it validates as the real one does. */
export interface FakeWindow {
  readonly bridge: Bridge;
  /** What is shown now. */
  readonly view: () => AppView;
  /** Changes slices and tells the page. */
  readonly change: (change: AppChange) => void;
  readonly open: (link: ScreenLink) => void;
  /** Every call that the page made, in order. */
  readonly calls: readonly { readonly name: string; readonly args: readonly unknown[] }[];
}

/** What the fake gives to a handler of a scene, so that an answer can change what is shown. */
export type FakeHandlers = (fake: Pick<FakeWindow, 'view' | 'change' | 'open'>) => Partial<WindowHandlers>;

/**
 * Makes the double. A call without a handler is answered as by a shell that does nothing of it: `snapshot` with the view,
 * calls without a value with success, every other one with `internal`.
 */
export function fakeWindow(start: AppView, handlersOf: FakeHandlers = () => ({})): FakeWindow {
  let view = start;
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const calls: { name: string; args: readonly unknown[] }[] = [];

  const tell = (event: keyof typeof WINDOW_EVENTS, payload: unknown): void => {
    for (const listener of listeners.get(event) ?? []) listener(structuredClone(payload));
  };
  const change = (changed: AppChange): void => {
    view = changedView(view, changed);
    tell('changed', changed);
  };
  const open = (link: ScreenLink): void => {
    tell('open', link);
  };
  const tools = { view: () => view, change, open };
  const handlers = { ...defaultHandlers(tools.view), ...handlersOf(tools) };
  const answer = answering(WINDOW_CALLS, handlers);

  const ask = (name: string) => {
    return async (...args: readonly unknown[]): Promise<unknown> => {
      calls.push({ name, args });
      return structuredClone(await answer(name, structuredClone(args)));
    };
  };
  const on: Bridge['on'] = (event, listener) => {
    const heard = listeners.get(event) ?? new Set();
    listeners.set(event, heard.add(listener));
    return () => {
      heard.delete(listener);
    };
  };
  return { ...tools, calls, bridge: { ...bridgeOf(ask), on } };
}

function bridgeOf(ask: (name: string) => (...args: readonly unknown[]) => Promise<unknown>): Omit<Bridge, 'on'> {
  const entries = Object.keys(WINDOW_CALLS).map((name) => [name, ask(name)] as const);
  // The mapped type says of each name what the loop does for all of them.
  return Object.fromEntries(entries) as Omit<Bridge, 'on'>;
}

const NO_WORK = Object.freeze({ waiting: [], left: [] });

function defaultHandlers(view: () => AppView): WindowHandlers {
  const nothing = async () => Promise.resolve(ok(undefined));
  const dismissed = async () => Promise.resolve(ok(null));
  const noWork = async () => Promise.resolve(ok(NO_WORK));
  const empty = async () => Promise.resolve(ok([]));
  const noHandler = async () => Promise.resolve(err(failure('internal', 'This scene does not answer that.')));
  return {
    snapshot: async () => Promise.resolve(ok(view())),
    lookAgain: nothing,
    addFolder: dismissed,
    removeFolder: nothing,
    plan: empty,
    enable: noWork,
    disable: noWork,
    finishWaiting: noWork,
    dismissJob: nothing,
    dismissGap: nothing,
    openClient: nothing,
    check: empty,
    openTestMail: noHandler,
    exportForPhone: dismissed,
    shareToFile: dismissed,
    choosePublicPart: dismissed,
    readPublicPart: noHandler,
    addPerson: noWork,
    removePerson: noWork,
    changeSettings: nothing,
    backUp: dismissed,
    restore: dismissed,
    startOver: noHandler,
    unlock: nothing,
    remove: noWork,
    copyText: nothing,
    openPage: nothing,
    quit: nothing,
    accountCreate: noHandler,
    accountWords: empty,
    accountConfirmWords: nothing,
    saveWords: dismissed,
    printWords: nothing,
    joinRequest: noHandler,
    readLink: nothing,
    joinByLink: noHandler,
    forgetLink: nothing,
    joinGiveUp: nothing,
    dismissJoining: nothing,
    approve: noHandler,
    reject: nothing,
    dismissAnswer: nothing,
    invite: noHandler,
    copyInvitation: nothing,
    dismissInvitation: nothing,
    removeDevice: noHandler,
    suspendDevice: nothing,
    resumeDevice: nothing,
    cancelAct: nothing,
    taskDone: nothing,
    syncNow: nothing,
    syncAnyway: nothing,
    accountReachable: nothing,
    serviceCertificate: noHandler,
    trustCertificate: nothing,
    recoverPreview: noHandler,
    recover: noHandler,
    leaveAccount: nothing,
  };
}
