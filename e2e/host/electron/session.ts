import { record } from '../records.ts';
import { strict } from '../strict.ts';

type RequestHandler = (
  contents: unknown,
  permission: string,
  answer: (granted: boolean) => void,
  details: object,
) => void;
type CheckHandler = (contents: unknown, permission: string, origin: string, details: object) => boolean;
type BeforeRequest = (details: object, answer: (response: { readonly cancel?: boolean }) => void) => void;

let onRequest: RequestHandler | null = null;
let onCheck: CheckHandler | null = null;
let beforeRequest: BeforeRequest | null = null;

const defaultSession = strict('session.defaultSession', {
  setPermissionRequestHandler: (handler: RequestHandler | null): void => {
    onRequest = handler;
  },
  setPermissionCheckHandler: (handler: CheckHandler | null): void => {
    onCheck = handler;
  },
  setDevicePermissionHandler: (): void => {
    // The host gives no page a device, whatever the app says.
  },
  setSpellCheckerEnabled: (): void => {
    // Chromium's spell checker is off in an automated browser.
  },
  webRequest: strict('session.defaultSession.webRequest', {
    onBeforeRequest: (filterOrListener: object | BeforeRequest | null, listener?: BeforeRequest | null): void => {
      if (typeof filterOrListener === 'function') beforeRequest = filterOrListener as BeforeRequest;
      else beforeRequest = listener ?? null;
    },
  }),
});

/** Electron's `session`. */
export const session = strict('session', { defaultSession });

/** Whether the page has the permission without asking the person. As in Electron, it has where nobody says otherwise. */
export function checkPermission(contents: unknown, permission: string, origin: string): boolean {
  return onCheck?.(contents, permission, origin, {}) ?? true;
}

/** Asks the app whether the page may use something. As in Electron, it may where nobody says otherwise. */
export async function requestPermission(contents: unknown, permission: string, url: string): Promise<boolean> {
  const handler = onRequest;
  const granted =
    handler === null
      ? true
      : await new Promise<boolean>((resolve) => {
          handler(contents, permission, resolve, { requestingUrl: url, isMainFrame: true });
        });
  record({ kind: 'permission', permission, granted });
  return granted;
}

/** Whether the app cancels a request of a page. */
export async function asksBeforeRequest(method: string, url: string, resourceType: string): Promise<boolean> {
  const handler = beforeRequest;
  if (handler === null) return false;
  const details = strict('the details of a request', { url, method, resourceType });
  const { cancel } = await new Promise<{ readonly cancel?: boolean }>((resolve) => {
    handler(details, resolve);
  });
  return cancel ?? false;
}
