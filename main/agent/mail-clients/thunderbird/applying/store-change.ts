import type { Failure, Result } from '@endymail/shared/result';
import type { ClientProfile } from '@endymail/shared/mail';
import type { TransportKey } from '../../adapter.ts';

/** A way into the certificate store. */
export type StoreRoute = 'nss-tools' | 'headless';

/** `mail-authority` is `,C,`: a CA trusted for mail and for nothing else, above all not for web sites. */
export type Trust = 'mail-authority' | 'none';

/** One change of a profile's certificate and key store. Each may be made again without harm. */
export type StoreChange =
  /** Adds the certificate, or sets the trust of one that is there. */
  | { readonly kind: 'add'; readonly der: Uint8Array; readonly trust: Trust }
  /** `key` packs it anew each time it is called. */
  | { readonly kind: 'import-key'; readonly key: () => Promise<TransportKey> }
  /** Takes the certificate and its trust away; nothing where it is not there. Never used on one that has a key. */
  | { readonly kind: 'remove'; readonly der: Uint8Array };

/** One way into the certificate store. All ways keep the same contract (e2e/contract). */
export interface CertificateStoreWriter {
  /**
   * Makes the changes in their order. After a failure or a crash some may have been made.
   * Errors: `certificate-store`, `disk-full`, `client-run-failed`, `client-started`, …
   */
  readonly write: (profile: ClientProfile, changes: readonly StoreChange[]) => Promise<Result<void, Failure>>;
}
