import { certificateId } from '../../../certificates/index.ts';
import type { CertificateStore } from '../reading/index.ts';

/** How certificates are taken out by their nicknames, the only name by which certutil can call them. */
export interface Removal {
  /** One `certutil -D -n` each, in this order. */
  readonly nicknames: readonly string[];
  /** What can not be named: without a nickname, or sharing it with a certificate that stays. */
  readonly unnameable: readonly Uint8Array[];
}

/**
 * Plans the removal. Where certificates share a nickname, `certutil -D` takes away one of them, not the one that is
 * meant: so a shared nickname is used only when every certificate under it goes. What is not in the store is left out.
 */
export function planRemoval(store: CertificateStore, certificates: readonly Uint8Array[]): Removal {
  const leaving = new Set(certificates.map(certificateId));
  const goes = (der: Uint8Array): boolean => leaving.has(certificateId(der));
  const nicknames: string[] = [];
  const unnameable: Uint8Array[] = [];
  for (const { der, label } of store.certificates) {
    if (!goes(der)) continue;
    const nameable = label !== null && store.certificates.every((other) => other.label !== label || goes(other.der));
    if (nameable) nicknames.push(label);
    else unnameable.push(der);
  }
  return { nicknames, unnameable };
}
