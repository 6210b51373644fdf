import type { Page } from 'playwright';
import { originOf, toAppAddress } from '../addresses.ts';
import type { HostFrame } from '../chromium/frames.ts';
import { notOffered } from '../strict.ts';
import { checkPermission, requestPermission } from './session.ts';

/** Chromium's names of permissions with those that Electron tells the app. */
const PERMISSIONS = Object.freeze({
  notifications: 'notifications',
  geolocation: 'geolocation',
  'clipboard-read': 'clipboard-read',
  camera: 'media',
  microphone: 'media',
} as const);

type PermissionName = keyof typeof PERMISSIONS;

const NAMES = Object.freeze(Object.keys(PERMISSIONS) as PermissionName[]);

/** Grants a page what the app's check says it has without asking, before it shows an address; denies the rest. */
export async function allowAtOnce(page: Page, contents: unknown, address: string): Promise<void> {
  const origin = originOf(toAppAddress(address));
  const granted = NAMES.filter((name) => checkPermission(contents, PERMISSIONS[name], origin));
  await setPermissions(page, new URL(address).origin, granted);
}

/** Asks the app's handler for a permission, and sets Chromium to its answer. */
export async function allowAfterAsking(
  page: Page,
  contents: unknown,
  name: string,
  frame: HostFrame,
): Promise<boolean> {
  const known = NAMES.find((permission) => permission === name);
  if (known === undefined) throw notOffered(`the permission ${name}`);
  const granted = await requestPermission(contents, PERMISSIONS[known], frame.url);
  await setPermission(page, new URL(page.url()).origin, known, granted);
  return granted;
}

async function setPermissions(page: Page, origin: string, granted: readonly PermissionName[]): Promise<void> {
  if (origin === 'null') return;
  for (const name of NAMES) await setPermission(page, origin, name, granted.includes(name));
}

async function setPermission(page: Page, origin: string, name: PermissionName, granted: boolean): Promise<void> {
  const session = await page.context().newCDPSession(page);
  try {
    const setting = granted ? 'granted' : 'denied';
    await session.send('Browser.setPermission', { permission: { name }, setting, origin });
  } finally {
    await session.detach();
  }
}
