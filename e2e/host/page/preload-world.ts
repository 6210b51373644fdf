import type { Codec } from './codec.ts';
import type { createBridge } from './bridge.ts';

/** What the host tells the preload's world of itself. */
export interface PreloadInfo {
  readonly handshake: string;
  /** The name of the function by which this world calls the host; nothing of it is in the page's own world. */
  readonly binding: string;
  readonly inSubFrames: boolean;
  readonly platform: string;
  readonly argv: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
}

/** The app's preload as a function of what CommonJS gives a module. */
type Preload = (exports: object, require: (name: string) => unknown, module: object, process: object) => void;

/**
 * Runs the app's preload in a world of its own (Chromium's isolated worlds, on which Electron's context isolation
 * stands too), with as much of Electron as a sandboxed preload of ours needs.
 * The function stands alone, because its source is put into pages.
 */
export function installPreloadWorld(
  bridge: typeof createBridge,
  codec: Codec,
  info: PreloadInfo,
  preload: Preload,
): void {
  // Electron runs a preload in a frame inside the page only where `nodeIntegrationInSubFrames` says so.
  if (window.parent !== window && !info.inSubFrames) return;

  type Listener = (event: object, ...values: unknown[]) => void;
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const listeners = new Map<string, Listener[]>();
  let questions = 0;

  const callHost: unknown = Reflect.get(globalThis, info.binding);
  const tell = (message: object): void => {
    if (typeof callHost === 'function') Reflect.apply(callHost, undefined, [codec.encode(message)]);
  };
  const ask = (message: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const question = ++questions;
      waiting.set(question, { resolve, reject });
      tell({ ...message, question });
    });

  const refusing = <T extends object>(name: string, object: T): T =>
    new Proxy(object, {
      get(of, key, receiver): unknown {
        if (typeof key === 'string' && !(key in of) && key !== 'then') {
          throw new Error(`The host does not offer ${name}.${key}.`);
        }
        return Reflect.get(of, key, receiver);
      },
    });

  const ipcRenderer = refusing('ipcRenderer', {
    invoke: async (channel: string, ...values: unknown[]) => {
      try {
        return await ask({ kind: 'invoke', channel, values });
      } catch (error) {
        const reason = error instanceof Error ? error.message : '';
        throw new Error(`Error invoking remote method '${channel}': ${reason}`, { cause: error });
      }
    },
    on: (channel: string, listener: Listener) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    off: (channel: string, listener: Listener) => {
      listeners.set(
        channel,
        (listeners.get(channel) ?? []).filter((known) => known !== listener),
      );
      return ipcRenderer;
    },
  });

  const channel = document.createElement('a');
  document.dispatchEvent(new MouseEvent(info.handshake, { relatedTarget: channel }));
  const page = bridge(channel, 'preload', () => undefined);
  page.offer('', (permission: unknown) => ask({ kind: 'permission', permission }));

  const electron = refusing('electron in a preload', {
    ipcRenderer,
    contextBridge: refusing('contextBridge', {
      exposeInMainWorld: (name: string, api: unknown) => {
        page.offer(name, api);
      },
    }),
  });

  /** The host's way in: an answer to a question, or a message on a channel. */
  const receive = (text: string): void => {
    const message = codec.decode(text);
    if (typeof message !== 'object' || message === null) return;
    if ('question' in message) {
      const question = waiting.get(Number(message.question));
      waiting.delete(Number(message.question));
      if ('error' in message) question?.reject(new Error(String(message.error)));
      else question?.resolve('value' in message ? message.value : undefined);
      return;
    }
    if (!('channel' in message) || !('values' in message) || !Array.isArray(message.values)) return;
    const event = refusing('the event of a message', { sender: ipcRenderer });
    for (const listener of listeners.get(String(message.channel)) ?? [])
      listener(event, ...(message.values as unknown[]));
  };
  Object.defineProperty(globalThis, `${info.binding}Receive`, { value: receive });

  /** What else the host must know of the page: where and how large the person has made it, and whether it looks dark. */
  const tellSize = (): void => {
    const outer = { x: screenX, y: screenY, width: outerWidth, height: outerHeight };
    tell({ kind: 'size', inner: { width: innerWidth, height: innerHeight }, outer });
  };
  /** The keys of the app's menu; Chromium's own, which Electron does not have, are kept from it. */
  const tellKey = (event: KeyboardEvent): void => {
    const { key, ctrlKey: control, metaKey: meta, altKey: alt, shiftKey: shift } = event;
    if (event.defaultPrevented || event.isComposing) return;
    if (!control && !meta && !alt && !/^F\d+$/.test(key)) return;
    if (/^F\d+$/.test(key) || /^[-+=0]$/.test(key)) event.preventDefault();
    tell({ kind: 'key', pressed: { key, control, meta, alt, shift } });
  };
  if (window.parent === window) {
    addEventListener('resize', tellSize);
    // A window that is moved says nothing of it by itself.
    addEventListener('blur', tellSize);
    addEventListener('keydown', tellKey);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const tellTheme = (): void => {
      tell({ kind: 'theme', dark: dark.matches });
    };
    dark.addEventListener('change', tellTheme);
    tellTheme();
  }

  const module = { exports: {} };
  const require = (name: string): unknown => {
    if (name === 'electron') return electron;
    throw new Error(`module not found: ${name}`);
  };
  const { platform, argv, versions } = info;
  preload(module.exports, require, module, refusing('process in a preload', { platform, argv, versions }));
}
