import { parseMailAddress } from '@endymail/shared/mail';
import type { ScreenLink } from '@endymail/shared/ipc';

/** What the system opens Endymail for. */
export const LINK_SCHEMES = Object.freeze(['endymail', 'mesh'] as const);

export const LINK_MAX_CHARS = 2_048;

/** Whether an argument of the program is a link that it was opened with. */
export const isLink = (text: string): boolean => /^(endymail|mesh):/i.test(text);

/** Whether a link is an invitation to an account: a secret, which is neither shown nor kept longer than needed. */
export const isInvitation = (text: string): boolean => /^\s*mesh:/i.test(text);

/**
 * The screen that a link leads to; null: it leads nowhere. A link is written by anybody, so it only ever opens a screen:
 * `endymail:home`, `endymail:people`, `endymail:settings`, `endymail:help`, `endymail:mailbox/<address>`. What is
 * named `mesh:` is read by `Invitations`; here it shows the window.
 */
export function parseLink(text: string): ScreenLink | null {
  if (text.length > LINK_MAX_CHARS) return null;
  const parts = /^(endymail|mesh):(?:\/\/)?([a-z]*)(?:\/([^/?#]*))?\/?$/i.exec(text);
  if (!parts) return /^mesh:/i.test(text) ? { screen: 'home' } : null;
  const [, scheme = '', place = '', rest = ''] = parts;
  if (scheme.toLowerCase() === 'mesh') return { screen: 'home' };
  switch (place.toLowerCase()) {
    case '':
    case 'home':
      return { screen: 'home' };
    case 'people':
      return { screen: 'people' };
    case 'settings':
      return { screen: 'settings' };
    case 'help':
      return { screen: 'help' };
    case 'mailbox':
      return mailboxLink(rest);
    default:
      return null;
  }
}

function mailboxLink(encoded: string): ScreenLink | null {
  try {
    const address = parseMailAddress(decodeURIComponent(encoded));
    return address.ok ? { screen: 'mailbox', address: address.value } : null;
  } catch {
    // A stray percent sign.
    return null;
  }
}
