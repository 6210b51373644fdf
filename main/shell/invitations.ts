import { err, failure, ok, Redacted, type Failure, type Result } from '@endymail/shared/result';
import { parseAccountName } from '@endymail/shared/mesh-api';
import type { AppChange, AppView } from '@endymail/shared/ipc';
import { isInvitation, LINK_MAX_CHARS } from './deep-link.ts';

/** The links of invitations that this window knows: they are secrets, and are kept here instead of in what is shown. */
export interface Invitations {
  /**
   * Keeps a link that the system opened Endymail with, or that was pasted, until the person has decided. Where there is an
   * account already only its name is kept, so that it can be said. Errors: `invitation-invalid`.
   */
  readonly hold: (link: string) => Result<undefined, Failure>;
  /** The link that is held; null: none, or it leads nowhere here. */
  readonly held: () => Redacted<string> | null;
  readonly forgetHeld: () => void;
  /** Keeps the link that was made here. */
  readonly made: (link: Redacted<string>, expiresAt: string) => void;
  /** The one that was made here, as long as it holds and nobody has used it. */
  readonly toGive: () => { readonly link: Redacted<string>; readonly expiresAt: string } | null;
  readonly forgetMade: () => void;
}

export interface InvitationParts {
  readonly view: () => AppView;
  readonly show: (change: AppChange) => void;
  readonly now: () => Date;
}

export function createInvitations({ view, show, now }: InvitationParts): Invitations {
  let opened: Redacted<string> | null = null;
  let own: Redacted<string> | null = null;

  return {
    hold(link) {
      const name = invitedName(link);
      if (name === null) return err(failure('invitation-invalid'));
      opened = view().account === null ? new Redacted(link.trim()) : null;
      show({ invitedTo: { name } });
      return ok(undefined);
    },

    held: () => opened,

    forgetHeld() {
      opened = null;
      show({ invitedTo: null });
    },

    made(link, expiresAt) {
      own = link;
      show({ invitation: { expiresAt, joined: null } });
    },

    toGive() {
      const { invitation } = view();
      if (own === null || invitation?.joined !== null) return null;
      return new Date(invitation.expiresAt) > now() ? { link: own, expiresAt: invitation.expiresAt } : null;
    },

    forgetMade() {
      own = null;
      show({ invitation: null });
    },
  };
}

/**
 * The account that an invitation names, as a person writes it; null: it is no invitation. Whether the rest of it is right
 * is the agent's to say.
 */
function invitedName(link: string): string | null {
  if (link.length > LINK_MAX_CHARS || !isInvitation(link)) return null;
  const [, text] = /^mesh:([^#\s]+)#\S+$/i.exec(link.trim()) ?? [];
  const name = parseAccountName(text ?? '');
  return name.ok ? name.value.text : null;
}
