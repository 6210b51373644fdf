import type { createBridge } from './bridge.ts';

/**
 * What the host puts into the page's own world before any script of the page: the end of the bridge on which the
 * preload's functions appear, and the questions about permissions, which Chromium by itself would answer without us.
 * The function stands alone, because its source is put into pages.
 *
 * @param handshake the name of the one event by which the two worlds find each other
 */
export function installPageWorld(bridge: typeof createBridge, handshake: string): void {
  type Ask = (permission: string) => Promise<boolean>;
  let ask: Ask = () => Promise.resolve(false);
  const isAsk = (value: unknown): value is Ask => typeof value === 'function';

  const receive = (name: string, value: unknown): void => {
    if (name === '' && isAsk(value)) {
      ask = value;
      return;
    }
    if (name in window) throw new Error('Cannot bind an API on top of an existing property on the window object');
    Object.defineProperty(window, name, { value, writable: false, configurable: false, enumerable: true });
  };

  document.addEventListener(
    handshake,
    (event) => {
      if (event instanceof MouseEvent && event.relatedTarget !== null) bridge(event.relatedTarget, 'page', receive);
    },
    { once: true },
  );

  /** Has the app asked before Chromium's own function runs, which then finds the answer that the app gave. */
  const askFirst = <T extends object>(
    object: T | undefined,
    key: keyof T & string,
    permissions: (values: readonly unknown[]) => readonly string[],
  ): void => {
    const own: unknown = object?.[key];
    if (object === undefined || typeof own !== 'function') return;
    const asking = async (...values: unknown[]): Promise<unknown> => {
      for (const permission of permissions(values)) await ask(permission);
      return Reflect.apply(own, object, values);
    };
    Object.defineProperty(object, key, { value: asking, writable: true, configurable: true, enumerable: true });
  };
  const asksFor = (key: string, values: readonly unknown[]): boolean => {
    const [constraints] = values;
    return typeof constraints === 'object' && constraints !== null && key in constraints;
  };
  if ('Notification' in window) askFirst(Notification, 'requestPermission', () => ['notifications']);
  if (!isSecureContext) return;
  askFirst(navigator.geolocation, 'getCurrentPosition', () => ['geolocation']);
  askFirst(navigator.geolocation, 'watchPosition', () => ['geolocation']);
  askFirst(navigator.clipboard, 'readText', () => ['clipboard-read']);
  askFirst(navigator.clipboard, 'read', () => ['clipboard-read']);
  askFirst(navigator.mediaDevices, 'getUserMedia', (values) =>
    ['video', 'audio'].filter((key) => asksFor(key, values)).map((key) => (key === 'video' ? 'camera' : 'microphone')),
  );
}
