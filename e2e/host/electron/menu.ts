import { knownOptions, notOffered, strict, StrictEmitter } from '../strict.ts';
import { record } from '../records.ts';
import { isAccelerator, type PressedKey } from './accelerators.ts';
import { app } from './app.ts';

/** An entry of a menu as the app writes it. */
interface Template {
  readonly id?: string;
  readonly label?: string;
  readonly type?: 'normal' | 'separator' | 'submenu' | 'checkbox' | 'radio';
  readonly role?: string;
  readonly accelerator?: string;
  readonly enabled?: boolean;
  readonly visible?: boolean;
  readonly checked?: boolean;
  readonly submenu?: readonly Template[];
  readonly click?: (item: object) => void;
}

const KEYS = 'id label type role accelerator enabled visible checked submenu click'.split(' ');

/** An entry of a menu. */
export interface HostMenuItem {
  readonly id: string;
  readonly label: string;
  readonly type: string;
  readonly role: string | undefined;
  readonly accelerator: string | undefined;
  readonly submenu: HostMenu | undefined;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  click(): void;
}

/** Electron's `Menu`. */
class HostMenu {
  private static application: HostMenu | null = null;
  readonly items: readonly HostMenuItem[];

  constructor(items: readonly HostMenuItem[] = []) {
    this.items = items;
  }

  static buildFromTemplate(template: readonly Template[]): HostMenu {
    return strict('a menu', new HostMenu(template.map(menuItem)));
  }

  static setApplicationMenu(menu: HostMenu | null): void {
    HostMenu.application = menu;
  }

  static getApplicationMenu(): HostMenu | null {
    return HostMenu.application;
  }
}

function menuItem(template: Template): HostMenuItem {
  const {
    id = '',
    label = '',
    role,
    accelerator,
    submenu,
    click,
    enabled = true,
  } = knownOptions('a menu item', template, KEYS);
  const item: HostMenuItem = {
    id,
    label,
    role,
    accelerator,
    type: template.type ?? (submenu === undefined ? 'normal' : 'submenu'),
    submenu: submenu === undefined ? undefined : HostMenu.buildFromTemplate(submenu),
    enabled,
    visible: template.visible ?? true,
    checked: template.checked ?? false,
    click: () => {
      if (role === 'quit') app.quit();
      else if (role !== undefined) throw notOffered(`a click on the menu's ${role}`);
      else click?.(item);
    },
  };
  return strict('a menu item', item);
}

export const Menu = strict('Menu', HostMenu);

/** Clicks the entry of the application's menu that has this key, if one has and it can be clicked. */
export function pressMenuKey(pressed: PressedKey): void {
  const entries = flatten(Menu.getApplicationMenu()?.items ?? []);
  entries
    .find(({ accelerator, enabled }) => enabled && accelerator !== undefined && isOn(accelerator, pressed))
    ?.click();
}

const isOn = (accelerator: string, pressed: PressedKey): boolean =>
  isAccelerator(accelerator, pressed, process.platform);

function flatten(items: readonly HostMenuItem[]): readonly HostMenuItem[] {
  return items.flatMap((item) => [item, ...flatten(item.submenu?.items ?? [])]);
}

/** The tray icons that are there, for a test to click. */
export const shownTrays = new Set<HostTray>();

/** Electron's `Tray`. */
class HostTray extends StrictEmitter {
  private toolTip = '';
  private ownMenu: HostMenu | null = null;

  constructor() {
    super('Tray', ['click', 'right-click', 'double-click']);
    shownTrays.add(this);
  }

  /** The host's own: what a click on the icon shows. */
  get menu(): HostMenu | null {
    return this.ownMenu;
  }

  setContextMenu(menu: HostMenu | null): void {
    this.ownMenu = menu;
    this.note();
  }

  setToolTip(toolTip: string): void {
    this.toolTip = toolTip;
    this.note();
  }

  setImage(): void {
    // Nobody sees it.
  }

  destroy(): void {
    shownTrays.delete(this);
  }

  isDestroyed(): boolean {
    return !shownTrays.has(this);
  }

  private note(): void {
    const menu = (this.ownMenu?.items ?? []).filter(({ visible }) => visible).map(({ label }) => label);
    record({ kind: 'tray', toolTip: this.toolTip, menu });
  }
}

export const Tray = strict('Tray', HostTray);
