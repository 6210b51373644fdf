import { join } from 'node:path';
import type { MenuItemConstructorOptions, NativeImage, Tray } from 'electron';
import type { AttentionItem, ScreenLink } from '@endymail/shared/ipc';
import { linkOf } from './notifications.ts';
import { TEXTS } from './texts.ts';

export interface TrayParts {
  readonly create: (image: NativeImage) => Tray;
  readonly image: (path: string) => NativeImage;
  readonly setMenu: (tray: Tray, template: MenuItemConstructorOptions[]) => void;
  readonly setBadge: (count: number) => void;
  /** The folder of the pictures. */
  readonly folder: string;
  readonly platform: NodeJS.Platform;
  readonly open: (link?: ScreenLink) => void;
  readonly quit: () => void;
}

/** Endymail's icon beside the clock: that it runs, how much needs the person, and a real end. */
export interface AppTray {
  readonly show: (attention: readonly AttentionItem[]) => void;
  readonly remove: () => void;
}

/** More than so many things are not listed one by one. */
const LISTED_MAX = 5;

export function appTray(parts: TrayParts): AppTray {
  const image = (needsPerson: boolean): NativeImage =>
    parts.image(join(parts.folder, iconName(parts.platform, needsPerson)));
  const tray = parts.create(image(false));
  tray.on('click', () => {
    parts.open();
  });

  return {
    show(attention) {
      const count = attention.length;
      tray.setImage(image(count > 0));
      tray.setToolTip(count === 0 ? TEXTS.tray.allWell : `${TEXTS.appName}: ${TEXTS.tray.needsYou(count)}`);
      parts.setMenu(tray, trayTemplate(attention, parts));
      parts.setBadge(count);
    },
    remove: () => {
      parts.setBadge(0);
      tray.destroy();
    },
  };
}

/** A template picture is drawn by macOS in the colour of its menu bar; elsewhere the mark has its own. */
export function iconName(platform: NodeJS.Platform, needsPerson: boolean): string {
  const name = needsPerson ? 'tray-attention' : 'tray';
  return platform === 'darwin' ? `${name}Template.png` : `${name}.png`;
}

export function trayTemplate(
  attention: readonly AttentionItem[],
  { open, quit }: Pick<TrayParts, 'open' | 'quit'>,
): MenuItemConstructorOptions[] {
  const listed = attention.slice(0, LISTED_MAX).map((item, index): MenuItemConstructorOptions => {
    return {
      id: `attention-${index}`,
      label: TEXTS.attention(item),
      click: () => {
        open(linkOf(item));
      },
    };
  });
  return [
    {
      id: 'open',
      label: TEXTS.tray.open,
      click: () => {
        open();
      },
    },
    { type: 'separator' },
    ...(listed.length === 0 ? [] : [...listed, { type: 'separator' as const }]),
    { id: 'quit', label: TEXTS.tray.quit, click: quit },
  ];
}
