import { describe, expect, it } from 'vitest';
import { findChromium } from './program.ts';

const places = (platform: NodeJS.Platform, env: Record<string, string>, ...there: readonly string[]) => ({
  platform,
  env,
  exists: (path: string) => there.includes(path),
});

describe('findChromium', () => {
  it('looks on PATH where packages put their programs, Chromium first', () => {
    const env = { PATH: '/usr/local/bin:/usr/bin' };
    expect(findChromium(places('linux', env, '/usr/bin/google-chrome', '/usr/bin/chromium'))).toEqual({
      name: 'Chromium',
      path: '/usr/bin/chromium',
    });
    expect(findChromium(places('linux', env, '/usr/bin/brave-browser'))?.name).toBe('Brave');
  });

  it('knows where Windows and a Mac have it', () => {
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
    expect(findChromium(places('win32', { 'ProgramFiles(x86)': 'C:\\Program Files (x86)' }, edge))).toEqual({
      name: 'Edge',
      path: edge,
    });
    const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(findChromium(places('darwin', { HOME: '/Users/a' }, chrome))?.path).toBe(chrome);
  });

  it('finds none where there is none', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) expect(findChromium(places(platform, {}))).toBeNull();
  });
});
