/** A key that was pressed, with those that were held. */
export interface PressedKey {
  /** As a page is told it: "q", "F5", "+". */
  readonly key: string;
  readonly control: boolean;
  readonly meta: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
}

type Held = Exclude<keyof PressedKey, 'key'>;

/** Electron's names of the keys that are held. */
const HELD: Readonly<Record<string, Held>> = Object.freeze({
  ctrl: 'control',
  control: 'control',
  cmd: 'meta',
  command: 'meta',
  super: 'meta',
  meta: 'meta',
  alt: 'alt',
  option: 'alt',
  shift: 'shift',
});

/** Electron's names of keys that a page is told otherwise. */
const KEYS: Readonly<Record<string, string>> = Object.freeze({ plus: '+', space: ' ', esc: 'escape', return: 'enter' });

/** Whether a key is the one of an accelerator as Electron writes it, e.g. "CmdOrCtrl+Plus". */
export function isAccelerator(accelerator: string, pressed: PressedKey, platform: NodeJS.Platform): boolean {
  const parts = accelerator.toLowerCase().split('+');
  const key = parts.pop() ?? '';
  const held = new Set(parts.map((part) => heldBy(part, platform)));
  if (pressed.key.toLowerCase() !== (KEYS[key] ?? key)) return false;
  // A sign that needs Shift is written without it.
  const isSign = /^[^a-z0-9]$/i.test(pressed.key);
  return (['control', 'meta', 'alt', 'shift'] as const).every(
    (name) => pressed[name] === held.has(name) || (name === 'shift' && isSign),
  );
}

function heldBy(part: string, platform: NodeJS.Platform): Held {
  if (part === 'cmdorctrl' || part === 'commandorcontrol') return platform === 'darwin' ? 'meta' : 'control';
  const held = HELD[part];
  if (held === undefined) throw new Error(`No key is called ${part}.`);
  return held;
}
