import type { ScreenLink } from '@endymail/shared/ipc';
import type { MailAddress } from '@endymail/shared/mail';

/** Where in the window the person is. What the agent says (starting, closed, removed) goes before it. */
export type Route =
  | { readonly screen: 'home' }
  | { readonly screen: 'choose' }
  | { readonly screen: 'review'; readonly addresses: readonly MailAddress[] }
  | { readonly screen: 'progress' }
  | { readonly screen: 'mailbox'; readonly address: MailAddress }
  | { readonly screen: 'share'; readonly address: MailAddress }
  | { readonly screen: 'export'; readonly address: MailAddress }
  | { readonly screen: 'turn-off'; readonly address: MailAddress }
  | { readonly screen: 'people' }
  | { readonly screen: 'settings' }
  | { readonly screen: 'help' }
  | { readonly screen: 'back-up' }
  /** `isStartingOver`: the person has no backup, and is asked about a beginning with nothing. */
  | { readonly screen: 'restore'; readonly isStartingOver?: boolean }
  | { readonly screen: 'undo' }
  | { readonly screen: 'remove' }
  | { readonly screen: 'devices' }
  | { readonly screen: 'add-device' }
  | { readonly screen: 'account' }
  /** `name`: of the account, where it is known already. */
  | { readonly screen: 'join'; readonly name?: string }
  | { readonly screen: 'create-account' }
  | { readonly screen: 'recovery-words' }
  | { readonly screen: 'recover' };

/** Where a notification, a link or the tray leads. The prompt is no place: it stands over whatever screen there is. */
export const routeOfLink = (link: Exclude<ScreenLink, { readonly screen: 'join-prompt' }>): Route => link;

export const HOME: Route = Object.freeze({ screen: 'home' });
