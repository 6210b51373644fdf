import { baseEnv, runProgram, type Display, type Thunderbird } from '../harness/index.ts';
import type { Box } from './shown.ts';

/** The page shows a picture on this many of its pixels, and many a screen has two for each of them. */
const WIDTH_PX = 2 * 384;

/** So many of the screen's pixels are one of Thunderbird's: with it, what a picture is about fits into its width. */
export const SCALE = 1.6;

/** A window has painted what it knows when nothing in it changed for this long. */
const STILL_MS = 500;

/** Shades of grey and a few icons; more colours only make the file larger. */
const COLOURS = 64;

export type Theme = 'light' | 'dark';
export const THEMES: readonly Theme[] = Object.freeze(['light', 'dark']);

export type WindowType = 'msgcompose' | 'mail:3pane';

/** Lets the window fill the screen. There is no window manager that would do it. */
export async function fillScreen(thunderbird: Thunderbird, type: WindowType): Promise<void> {
  await thunderbird.run(FILL_SCREEN, [type]);
}

/** Makes the part of the main window in which a message is read as wide as a picture, as a person may with the mouse. */
export async function narrowReader(thunderbird: Thunderbird): Promise<void> {
  await thunderbird.run(NARROW_READER, [WIDTH_PX]);
}

/** Thunderbird follows the system's theme; the profile says which one that is. Returns when the window has it. */
export async function setTheme(thunderbird: Thunderbird, type: WindowType, theme: Theme): Promise<void> {
  await thunderbird.run(SET_THEME, [type, theme === 'dark']);
}

/** Writes what the screen shows there, from the left edge of the box, into a PNG file. */
export async function takePicture(display: Display, { x, y, height }: Box, file: string): Promise<void> {
  await display.waitUntilStill('root', STILL_MS);
  const part = ['-crop', `${WIDTH_PX}x${height}+${x}+${y}`, '+repage'];
  const small = ['-strip', '-dither', 'None', '-colors', String(COLOURS)];
  const run = await runProgram('import', ['-window', 'root', ...part, ...small, `png8:${file}`], {
    env: { ...baseEnv(), DISPLAY: display.name },
  });
  if (run.code !== 0) throw new Error(`No picture: ${run.stderr.toString()}`);
}

const UNTIL = `
  const { setTimeout } = ChromeUtils.importESModule('resource://gre/modules/Timer.sys.mjs');
  const until = async condition => { while (!condition()) await new Promise(resolve => setTimeout(resolve, 10)); };`;

const FILL_SCREEN = `${UNTIL}
  const window = Services.wm.getMostRecentWindow(args[0]);
  const { width, height } = window.screen;
  window.moveTo(0, 0);
  window.resizeTo(width, height);
  await until(() => window.innerWidth === width && window.innerHeight === height && window.screenX === 0);`;

const NARROW_READER = `${UNTIL}
  const main = Services.wm.getMostRecentWindow('mail:3pane');
  const pane = main.document.getElementById('tabmail').currentAbout3Pane;
  pane.paneLayout.folderPaneVisible = false;
  // Not quite as the preference says: Thunderbird rounds it.
  const width = Math.ceil(args[0] / pane.devicePixelRatio);
  pane.paneLayout.messagePaneSplitter.width = width;
  await until(() => pane.document.getElementById('messagePane').clientWidth === width);`;

const SET_THEME = `${UNTIL}
  const [type, isDark] = args;
  Services.prefs.setIntPref('ui.systemUsesDarkTheme', isDark ? 1 : 0);
  await until(() => Services.wm.getMostRecentWindow(type).matchMedia('(prefers-color-scheme: dark)').matches === isDark);`;
