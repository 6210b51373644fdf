import { linkIn, type Profile } from '@endymail/shared/identity/public';

/** By so much the clock of a device may differ. */
const TOLERANCE_SECONDS = 3_600;

/**
 * Whether a link about a great act states a time that is near: the wait of 72 hours is counted from one to the other, and
 * whoever signs both would else choose them. What is only overtaken may be carried out late, so that only a time to come is
 * refused there. `profile`: with the link as its last one.
 */
export async function isActTimely(profile: Profile, bytes: Uint8Array, nowSeconds: number): Promise<boolean> {
  const link = await linkIn(profile, bytes);
  if (link === null) return false;
  const ahead = link.time - nowSeconds;
  switch (link.body.kind) {
    case 'announce':
      return Math.abs(ahead) <= TOLERANCE_SECONDS;
    case 'remove-device':
      return link.body.act === undefined || ahead <= TOLERANCE_SECONDS;
    case 'create':
    case 'add-device':
    case 'replace-keys':
    case 'change-role':
    case 'rotate':
    case 'close':
    case 'cancel':
      return true;
  }
}
