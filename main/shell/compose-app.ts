import { join } from 'node:path';
import { platform, versions } from 'node:process';
import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  protocol,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
} from 'electron';
import type { ScreenLink } from '@endymail/shared/ipc';
import { connectAgent } from '../agent/client.ts';
import { agentArguments, agentProcess } from './agent-fork.ts';
import { linkAgent, type AgentLink } from './agent-link.ts';
import { createAppModel } from './app-model.ts';
import { isInvitation, parseLink } from './deep-link.ts';
import { showNote } from './desktop-notes.ts';
import type { Desktop } from './desktop.ts';
import { personFiles } from './files.ts';
import { followAgent, type AgentFollower } from './follow-agent.ts';
import { hardenSession } from './hardening.ts';
import { createInvitations } from './invitations.ts';
import { initialView } from './initial-view.ts';
import type { LoginItem } from './login-item.ts';
import { menuTemplate } from './menu.ts';
import { createNotifier, NOTE_PROVIDERS, type Note } from './notifications.ts';
import { pageBorder, sendChange, sendLink } from './page-border.ts';
import { pageCalls } from './page-calls.ts';
import { CALL_CHANNEL } from './page-channels.ts';
import { PAGE_SCHEME, servePage } from './page-protocol.ts';
import { createPaper } from './paper.ts';
import { createPreferences } from './preferences.ts';
import { createQuit } from './quit.ts';
import type { SettingsFile } from './shell-settings.ts';
import { SWITCHES } from './start-options.ts';
import { TEXTS } from './texts.ts';
import { appTray, type AppTray } from './tray.ts';
import { appWindow } from './window.ts';

export interface AppSurroundings {
  /** The folder of this program's files. */
  readonly bundle: string;
  readonly home: string;
  /** False at a start with the computer where the keychain would ask: it waits until the person opens the window. */
  readonly mayPrompt: boolean;
  readonly pause: (ms: number) => Promise<void>;
  readonly settings: SettingsFile;
  readonly loginItem: LoginItem | null;
  readonly openAtLogin: boolean | null;
  readonly desktop: Desktop;
}

export interface ComposedApp {
  readonly show: (link?: ScreenLink) => void;
  /** Shows the screen that a link leads to. Nothing is done by it. */
  readonly openLink: (text: string) => void;
}

/** Puts the app together, on Electron that is ready. */
export function composeApp(surroundings: AppSurroundings): ComposedApp {
  const { bundle, home, settings, loginItem, openAtLogin, pause } = surroundings;
  const clock = (): number => performance.now();
  const now = (): Date => new Date();
  const assets = join(bundle, '..', 'assets');

  nativeTheme.themeSource = settings.get().theme;
  hardenSession(session.defaultSession);
  const paper = createPaper((options) => new BrowserWindow(options));
  const serve = servePage(join(bundle, '..', 'renderer'));
  protocol.handle(PAGE_SCHEME, (request) => paper.serve(request.url) ?? serve(request));

  let tray: AppTray | null = null;
  const model = createAppModel({
    initial: initialView({ version: app.getVersion(), platform, versions, settings: settings.get(), openAtLogin }),
    onChange: (change, view) => {
      sendChange(window.open(), change);
      tray?.show(view.attention);
      notify(view);
    },
  });
  const follower: AgentFollower = followAgent({
    ask: (question) => link.ask(question),
    model,
    now,
    every: (ms, task) => setInterval(task, ms).unref(),
  });
  const link: AgentLink = linkAgent({
    connect: () => connectAgent({ home, command: 'endymail' }),
    start: () =>
      agentProcess(
        utilityProcess.fork(
          join(bundle, 'agent-process.mjs'),
          agentArguments({
            home,
            mayPrompt: surroundings.mayPrompt,
            keytar: [process.execPath, ...(app.isPackaged ? [] : [app.getAppPath()]), SWITCHES.keytar],
          }),
          { serviceName: 'Endymail agent' },
        ),
      ),
    listener: follower.listener,
    onState: follower.linked,
    pause,
    clock,
  });

  const quit = createQuit({
    end: async () => {
      await Promise.all([link.end(), settings.flush()]);
      tray?.remove();
    },
    say: () => {
      tell({ title: TEXTS.notifications.finishingTitle, body: TEXTS.notifications.finishingBody });
    },
    leave: () => {
      app.quit();
    },
    pause,
  });

  const staysOpen = (): boolean => tray !== null && settings.get().staysOpen && !quit.hasBegun();
  const window = appWindow({
    create: (options) => new BrowserWindow(options),
    preload: join(bundle, 'preload.cjs'),
    icon: join(assets, 'icon.png'),
    displays: () => screen.getAllDisplays(),
    theme: nativeTheme,
    settings,
    staysOpen,
    onHidden: () => {
      if (settings.get().isStayingExplained) return;
      settings.change({ isStayingExplained: true });
      tell({ title: TEXTS.notifications.staysTitle, body: TEXTS.notifications.staysBody });
    },
    onFailedTwice: async () => {
      const words = TEXTS.crash;
      const { response } = await dialog.showMessageBox({
        type: 'error',
        message: words.title,
        detail: words.body,
        buttons: [words.again, words.quit],
        defaultId: 0,
        cancelId: 1,
      });
      if (response !== 0) quit.begin();
      return response === 0;
    },
    sendLink,
  });

  let isHomeAskedFor = surroundings.mayPrompt;
  const show = (to?: ScreenLink): void => {
    window.show(to);
    if (isHomeAskedFor) return;
    isHomeAskedFor = true;
    void link.ask((agent) => agent.open(null));
  };
  const tell = (note: Pick<Note, 'title' | 'body'> & Partial<Pick<Note, 'link'>>): void => {
    showNote(note, () => {
      show(note.link);
    });
  };
  const notify = createNotifier({ providers: NOTE_PROVIDERS, show: tell, isWindowSeen: window.isSeen, clock });

  void surroundings.desktop.waitForTrayHost().then((hasHost) => {
    if (!hasHost || quit.hasBegun()) return;
    tray = appTray({
      create: (image) => new Tray(image),
      image: (path) => nativeImage.createFromPath(path),
      setMenu: (of, template) => {
        of.setContextMenu(Menu.buildFromTemplate(template));
      },
      setBadge: (count) => {
        app.setBadgeCount(count);
      },
      folder: join(assets, 'tray'),
      platform,
      open: show,
      quit: quit.begin,
    });
    tray.show(model.view().attention);
  });

  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate(platform, {
        quit: quit.begin,
        close: () => {
          for (const one of window.open()) one.close();
        },
        showHelp: () => {
          show({ screen: 'help' });
        },
        lookAgain: () => void follower.refresh(),
        zoom: (change) => {
          for (const { webContents } of window.open()) webContents.setZoomFactor(change(webContents.getZoomFactor()));
        },
      }),
    ),
  );

  const preferences = createPreferences({
    file: settings,
    model,
    show: follower.show,
    loginItem,
    applyTheme: (theme) => {
      nativeTheme.themeSource = theme;
    },
  });
  const invitations = createInvitations({ view: model.view, show: follower.show, now });
  const answer = pageBorder({
    handlers: pageCalls({
      ask: link.ask,
      tryAgain: link.tryAgain,
      follower,
      model,
      files: personFiles(dialog),
      preferences,
      invitations,
      paper,
      clipboard,
      openExternal: (url) => shell.openExternal(url),
      quit: quit.begin,
      now,
    }),
    windows: window.open,
    onSnapshot: window.isListening,
  });
  ipcMain.handle(CALL_CHANNEL, answer);

  app.on('before-quit', quit.hold);
  app.on('window-all-closed', () => {
    if (!staysOpen()) quit.begin();
  });
  return {
    show,
    openLink(text) {
      // One that is no invitation after all shows the window, like any other link that leads nowhere.
      if (isInvitation(text) && invitations.hold(text).ok) show({ screen: 'join' });
      else show(parseLink(text) ?? undefined);
    },
  };
}
