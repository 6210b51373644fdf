import type { CDPSession, Page } from 'playwright';
import * as v from 'valibot';
import type { PressedKey } from '../electron/accelerators.ts';
import { createCodec } from '../page/codec.ts';
import { createBridge } from '../page/bridge.ts';
import { showQuestion, type Question, type QuestionAnswer } from '../page/dialog.ts';
import { installPageWorld } from '../page/page-world.ts';
import { installPreloadWorld, type PreloadInfo } from '../page/preload-world.ts';
import { FrameTree, type HostFrame } from './frames.ts';

/** The app's preload and how it is run. */
export interface PreloadSource {
  /** One CommonJS module. */
  readonly code: string;
  readonly inSubFrames: boolean;
  readonly argv: readonly string[];
}

/** In pixels of the page. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** In pixels of the display. */
export interface WindowPlace extends PageSize {
  readonly x: number;
  readonly y: number;
}

/** What the page's preload tells the host. */
export interface PageListener {
  /** A call of `ipcRenderer.invoke`. What it resolves to goes to the page; a rejection too. */
  invoke(frame: HostFrame | null, channel: string, values: readonly unknown[]): Promise<unknown>;
  /** Whether the page may use something of the computer. */
  permission(frame: HostFrame | null, name: string): Promise<boolean>;
  /** The person, or a test, has changed the size of the page (`inner`), or place and size of the window (`outer`). */
  placed(inner: PageSize, outer: WindowPlace): void;
  theme(dark: boolean): void;
  /** A key that the page left to the app's menu. */
  key(pressed: PressedKey): void;
  /** A script opened a window or a link asked for a new one. */
  opensWindow(url: string): void;
  /** The page goes somewhere by itself. */
  requestsNavigation(url: string): void;
}

/** Chromium's name of the world in which the preload runs. */
const WORLD = 'endymail-preload';
const BINDING = 'endymailHost';

const Size = v.object({ width: v.number(), height: v.number() });

const Pressed = v.object({
  key: v.string(),
  control: v.boolean(),
  meta: v.boolean(),
  alt: v.boolean(),
  shift: v.boolean(),
});

const Message = v.variant('kind', [
  v.object({ kind: v.literal('invoke'), question: v.number(), channel: v.string(), values: v.array(v.unknown()) }),
  v.object({ kind: v.literal('permission'), question: v.number(), permission: v.string() }),
  v.object({
    kind: v.literal('size'),
    inner: Size,
    outer: v.object({ ...Size.entries, x: v.number(), y: v.number() }),
  }),
  v.object({ kind: v.literal('theme'), dark: v.boolean() }),
  v.object({ kind: v.literal('key'), pressed: Pressed }),
]);
type Message = v.InferOutput<typeof Message>;

const Answer = v.object({ button: v.number(), text: v.string() });

/** Which frame a world of Chromium belongs to, and whether it is the page's own. */
const WorldData = v.object({ frameId: v.string() });

const codec = createCodec();

/**
 * The host's connection with one page: its frames, and the preload's world in each of its documents. It uses a session
 * of its own in Chromium's protocol, because Playwright has no worlds in which nothing of the page runs.
 */
export class PageSession {
  readonly frames = new FrameTree();
  private readonly session: CDPSession;
  private readonly listener: PageListener;
  /** The preload's worlds: Chromium's number of each, with the frame that it is in. */
  private readonly worlds = new Map<number, string>();
  private mainFrame = '';
  private mainWorld = Promise.withResolvers<number>();
  private isInDocument = false;

  private constructor(session: CDPSession, listener: PageListener) {
    this.session = session;
    this.listener = listener;
  }

  /** Connects with a page that shows nothing yet; whatever it shows from now on has the preload. */
  static async connect(page: Page, preload: PreloadSource | null, listener: PageListener): Promise<PageSession> {
    const session = await page.context().newCDPSession(page);
    const connection = new PageSession(session, listener);
    connection.listen();
    await session.send('Page.enable');
    const { frameTree } = await session.send('Page.getFrameTree');
    connection.mainFrame = frameTree.frame.id;
    connection.frames.navigated(frameTree.frame.id, null, frameTree.frame.url);
    await session.send('Runtime.enable');
    await session.send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD });
    const handshake = crypto.randomUUID();
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(${installPageWorld.toString()})(${createBridge.toString()}, ${JSON.stringify(handshake)});`,
    });
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      worldName: WORLD,
      source: preloadScript(preload, handshake),
    });
    return connection;
  }

  /** The frame of the page itself. */
  get main(): HostFrame {
    return this.frames.attached(this.mainFrame, null);
  }

  /** Says that another document comes: messages wait for its preload. */
  expectDocument(): void {
    // What was sent before the first document waits for it already.
    if (!this.isInDocument) return;
    this.isInDocument = false;
    this.mainWorld = Promise.withResolvers();
  }

  /** Sends a message to the preload of the page's own frame. */
  async send(channel: string, values: readonly unknown[]): Promise<void> {
    const text = codec.encode({ channel, values });
    await this.deliver(await this.mainWorld.promise, text);
  }

  /** Asks the person in the page. */
  async ask(question: Question): Promise<QuestionAnswer> {
    const { result } = await this.session.send('Runtime.evaluate', {
      expression: `(${showQuestion.toString()})(${JSON.stringify(question)})`,
      contextId: await this.mainWorld.promise,
      awaitPromise: true,
      returnByValue: true,
    });
    return v.parse(Answer, result.value);
  }

  /** Has the page run no script of its own. */
  async runNothing(): Promise<void> {
    await this.session.send('Emulation.setScriptExecutionDisabled', { value: true });
  }

  /** Goes back to nothing: Electron's windows have no page before their first one. */
  async forgetHistory(): Promise<void> {
    await this.session.send('Page.resetNavigationHistory');
  }

  private listen(): void {
    const { session, frames, worlds, listener } = this;
    session.on('Page.frameAttached', ({ frameId, parentFrameId }) => frames.attached(frameId, parentFrameId));
    session.on('Page.frameNavigated', ({ frame }) => {
      frames.navigated(frame.id, frame.parentId ?? null, frame.url + (frame.urlFragment ?? ''));
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      frames.navigated(frameId, null, url);
    });
    session.on('Page.frameDetached', ({ frameId, reason }) => {
      // One that goes to another process lives on there.
      if (reason === 'remove') frames.detached(frameId);
    });
    session.on('Page.windowOpen', ({ url }) => {
      listener.opensWindow(url);
    });
    session.on('Page.frameRequestedNavigation', ({ frameId, url }) => {
      if (frameId === this.mainFrame) listener.requestsNavigation(url);
    });
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const data = v.safeParse(WorldData, context.auxData);
      if (context.name !== WORLD || !data.success) return;
      worlds.set(context.id, data.output.frameId);
      if (data.output.frameId === this.mainFrame) this.enterDocument(context.id);
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      worlds.delete(executionContextId);
    });
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name !== BINDING) return;
      void this.hear(executionContextId, v.parse(Message, codec.decode(payload)));
    });
  }

  private enterDocument(world: number): void {
    this.mainWorld.resolve(world);
    this.mainWorld = Promise.withResolvers();
    this.mainWorld.resolve(world);
    this.isInDocument = true;
  }

  private async hear(world: number, message: Message): Promise<void> {
    const frame = this.frames.find(this.worlds.get(world) ?? '');
    switch (message.kind) {
      case 'size':
        this.listener.placed(message.inner, message.outer);
        return;
      case 'theme':
        this.listener.theme(message.dark);
        return;
      case 'key':
        this.listener.key(message.pressed);
        return;
      case 'invoke':
        await this.answer(world, message.question, this.listener.invoke(frame, message.channel, message.values));
        return;
      case 'permission':
        await this.answer(world, message.question, this.listener.permission(frame, message.permission));
    }
  }

  private async answer(world: number, question: number, result: Promise<unknown>): Promise<void> {
    const text = await result
      .then((value) => codec.encode({ question, value }))
      .catch((error: unknown) => codec.encode({ question, error: String(error) }));
    await this.deliver(world, text);
  }

  private async deliver(world: number, text: string): Promise<void> {
    const expression = `${BINDING}Receive(${JSON.stringify(text)})`;
    try {
      await this.session.send('Runtime.evaluate', { expression, contextId: world });
    } catch {
      // The document that asked has gone, with its window or by going elsewhere.
    }
  }
}

/** The source of the preload's world: functions that stand alone, called with what the host knows. */
function preloadScript(preload: PreloadSource | null, handshake: string): string {
  const info: PreloadInfo = {
    handshake,
    binding: BINDING,
    inSubFrames: preload?.inSubFrames ?? false,
    platform: process.platform,
    argv: preload?.argv ?? [],
    versions: { electron: process.versions.electron },
  };
  const code = `function (exports, require, module, process) {\n${preload?.code ?? ''}\n}`;
  const parts = [createBridge.toString(), `(${createCodec.toString()})()`, JSON.stringify(info), code];
  return `(${installPreloadWorld.toString()})(${parts.join(',\n')});`;
}
