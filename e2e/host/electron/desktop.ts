import { readFileSync } from 'node:fs';
import { strict, StrictEmitter } from '../strict.ts';
import { record } from '../records.ts';
import { openOnDesktop } from './open-on-desktop.ts';
import { hostSettings } from './host.ts';

/** Electron's `shell`. */
export const shell = strict('shell', {
  async openExternal(url: string): Promise<void> {
    record({ kind: 'open-external', url });
    if (hostSettings().visible) await openOnDesktop(url);
  },
  showItemInFolder(path: string): void {
    record({ kind: 'show-item', path });
    if (hostSettings().visible) void openOnDesktop(path, 'folder');
  },
});

/** Electron's `clipboard`. The host's is its own: the person's is left alone. */
export const clipboard = strict('clipboard', {
  writeText: (text: string): void => {
    record({ kind: 'clipboard', text });
  },
});

/** An image, as far as anybody asks. */
interface HostImage {
  isEmpty(): boolean;
  setTemplateImage(isTemplate: boolean): void;
}

const image = (bytes: Uint8Array | null): HostImage =>
  strict('an image', { isEmpty: () => bytes === null || bytes.length === 0, setTemplateImage: () => undefined });

/** Electron's `nativeImage`. */
export const nativeImage = strict('nativeImage', {
  createEmpty: () => image(null),
  createFromPath: (path: string) => image(readFileSync(path)),
});

const DISPLAY = Object.freeze({
  id: 1,
  scaleFactor: 1,
  bounds: Object.freeze({ x: 0, y: 0, width: 1280, height: 900 }),
  workArea: Object.freeze({ x: 0, y: 0, width: 1280, height: 900 }),
});

/** Electron's `screen`: one display, on which every window is. */
export const screen = strict('screen', {
  getAllDisplays: () => [strict('a display', { ...DISPLAY })],
  getDisplayMatching: () => strict('a display', { ...DISPLAY }),
});

interface NotificationOptions {
  readonly title?: string;
  readonly body?: string;
}

/** The notifications that are shown, for a test to click. */
export const shownNotifications = new Set<HostNotification>();

/** Electron's `Notification`. */
class HostNotification extends StrictEmitter {
  readonly title: string;
  readonly body: string;

  static isSupported(): boolean {
    // A person would see nothing of it.
    return !hostSettings().visible;
  }

  constructor({ title = '', body = '' }: NotificationOptions = {}) {
    super('Notification', ['click', 'show', 'close', 'failed', 'action']);
    this.title = title;
    this.body = body;
  }

  show(): void {
    record({ kind: 'notification', title: this.title, body: this.body });
    shownNotifications.add(this);
    this.emit('show', {});
  }

  close(): void {
    if (shownNotifications.delete(this)) this.emit('close', {});
  }
}

export const Notification = strict('Notification', HostNotification);
