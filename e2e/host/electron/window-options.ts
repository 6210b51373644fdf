import * as v from 'valibot';
import { knownOptions, notOffered } from '../strict.ts';

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Of what a window is made with, what the host needs. */
export interface WindowOptions {
  readonly bounds: Bounds;
  /** The app says where it is; else the system finds a place. */
  readonly hasPlace: boolean;
  readonly show: boolean;
  readonly background: string;
  readonly webPreferences: {
    readonly preload: string | null;
    readonly javascript: boolean;
    readonly nodeIntegrationInSubFrames: boolean;
    readonly additionalArguments: readonly string[];
  };
}

const number = (otherwise: number) => v.optional(v.number(), otherwise);

const Options = v.object({
  x: number(0),
  y: number(0),
  width: number(800),
  height: number(600),
  show: v.optional(v.boolean(), true),
  backgroundColor: v.optional(v.string(), '#ffffff'),
  webPreferences: v.optional(v.record(v.string(), v.unknown()), {}),
});

/** How a window looks on the system's desktop; the host's looks as Chromium makes it. */
const LOOKS = ['title', 'icon', 'minWidth', 'minHeight', 'center', 'autoHideMenuBar', 'titleBarStyle', 'darkTheme'];

const WebPreferences = v.object({
  preload: v.optional(v.string()),
  javascript: v.optional(v.boolean(), true),
  nodeIntegrationInSubFrames: v.optional(v.boolean(), false),
  additionalArguments: v.optional(v.array(v.string()), []),
  // The host has no page that is less shut off than this.
  contextIsolation: v.optional(v.literal(true)),
  sandbox: v.optional(v.literal(true)),
  nodeIntegration: v.optional(v.literal(false)),
  nodeIntegrationInWorker: v.optional(v.literal(false)),
  webSecurity: v.optional(v.literal(true)),
  allowRunningInsecureContent: v.optional(v.literal(false)),
  experimentalFeatures: v.optional(v.literal(false)),
  webviewTag: v.optional(v.literal(false)),
  navigateOnDragDrop: v.optional(v.literal(false)),
  safeDialogs: v.optional(v.boolean()),
  spellcheck: v.optional(v.boolean()),
  devTools: v.optional(v.boolean()),
  backgroundThrottling: v.optional(v.boolean()),
  enableWebSQL: v.optional(v.literal(false)),
  disableBlinkFeatures: v.optional(v.string()),
});

/** Reads what the app gave `new BrowserWindow`; throws for what the host does not have. */
export function readOptions(given: object): WindowOptions {
  knownOptions('BrowserWindow', given, [...Object.keys(Options.entries), ...LOOKS]);
  const options = v.parse(Options, given);
  knownOptions('webPreferences', options.webPreferences, Object.keys(WebPreferences.entries));
  const preferences = v.safeParse(WebPreferences, options.webPreferences);
  if (!preferences.success) throw notOffered(`webPreferences: ${preferences.issues[0].message}`);
  const { preload, javascript, nodeIntegrationInSubFrames, additionalArguments } = preferences.output;
  const { x, y, width, height } = options;
  return {
    bounds: { x, y, width, height },
    hasPlace: 'x' in given && 'y' in given && given.x !== undefined && given.y !== undefined,
    show: options.show,
    background: options.backgroundColor,
    webPreferences: { preload: preload ?? null, javascript, nodeIntegrationInSubFrames, additionalArguments },
  };
}
