/** What the app did to the desktop, in the order in which it did it. */
export type DesktopRecord =
  | { readonly kind: 'dialog'; readonly method: DialogMethod; readonly options: unknown }
  | { readonly kind: 'notification'; readonly title: string; readonly body: string }
  | { readonly kind: 'open-external'; readonly url: string }
  | { readonly kind: 'show-item'; readonly path: string }
  | { readonly kind: 'clipboard'; readonly text: string }
  | { readonly kind: 'print'; readonly options: unknown }
  | { readonly kind: 'badge'; readonly count: number }
  | { readonly kind: 'login-item'; readonly settings: unknown }
  | { readonly kind: 'protocol-client'; readonly scheme: string }
  | { readonly kind: 'tray'; readonly toolTip: string; readonly menu: readonly string[] }
  | { readonly kind: 'permission'; readonly permission: string; readonly granted: boolean }
  | { readonly kind: 'window-open'; readonly url: string }
  | { readonly kind: 'request'; readonly url: string; readonly cancelled: boolean };

export type DialogMethod = 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox' | 'showErrorBox';

const records: DesktopRecord[] = [];

export function record(entry: DesktopRecord): void {
  records.push(entry);
}

/** Everything so far. */
export const recorded = (): readonly DesktopRecord[] => [...records];
