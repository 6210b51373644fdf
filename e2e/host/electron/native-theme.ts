import { StrictEmitter } from '../strict.ts';
import { windowList } from './window-list.ts';

type ThemeSource = 'system' | 'light' | 'dark';

/** Electron's `nativeTheme`. */
class HostNativeTheme extends StrictEmitter {
  private source: ThemeSource = 'system';
  private isSystemDark = false;

  constructor() {
    super('nativeTheme', ['updated']);
  }

  get themeSource(): ThemeSource {
    return this.source;
  }

  set themeSource(source: ThemeSource) {
    if (source === this.source) return;
    this.source = source;
    for (const window of windowList.all()) window.showScheme(this.scheme());
    this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return this.source === 'system' ? this.isSystemDark : this.source === 'dark';
  }

  /** The host's own: the colour scheme for pages; null: the system's. */
  scheme(): 'light' | 'dark' | null {
    return this.source === 'system' ? null : this.source;
  }

  /** The host's own: a page says how it looks. */
  systemIsDark(dark: boolean): void {
    if (this.source !== 'system' || dark === this.isSystemDark) return;
    this.isSystemDark = dark;
    this.emit('updated');
  }
}

export const nativeTheme = new HostNativeTheme();
