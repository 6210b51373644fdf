import type { ChangedByHand, ChangedByHandChoice, PlannedStep } from '@endymail/shared/mail';
import type { OwnKey } from '../../adapter.ts';
import type { CertificateChange, KeyChange } from '../journal/event.ts';
import type { Ledger, Owned } from '../journal/ledger.ts';
import type { Trust } from '../applying/store-change.ts';
import type { StoredCertificates } from './stored-certificates.ts';
import type { Wanted, WantedCertificate, WantedKey } from './wanted.ts';

/** What is to be done to the certificate and key store. */
export interface StoreWork {
  readonly additions: readonly PlannedStep[];
  readonly removals: readonly PlannedStep[];
  readonly changedByHand: readonly ChangedByHand[];
  readonly add: readonly { readonly change: CertificateChange; readonly trust: Trust }[];
  readonly importKeys: readonly { readonly change: KeyChange; readonly key: OwnKey }[];
  /** To be removed; where the certificate was there before us, its trust only. */
  readonly takeBack: readonly CertificateChange[];
  /** Found to be in place, and to be gone, although a crash left the journal unsure. */
  readonly inPlace: readonly (CertificateChange | KeyChange)[];
  readonly gone: readonly CertificateChange[];
}

interface StoreContext {
  readonly stored: StoredCertificates;
  readonly ledger: Ledger;
  readonly wanted: Wanted;
  readonly changedByHand: ChangedByHandChoice;
}

/** Compares the wanted certificates and keys and those that are ours with what the store holds. */
export function planStore(context: StoreContext): StoreWork {
  const { ledger, wanted } = context;
  const certificates = [...wanted.certificates].map(([id, certificate]) => wantCertificate(context, id, certificate));
  const keys = [...wanted.keys].map(([id, key]) => wantKey(context, id, key));
  const drops = [...ledger.certificates.values()]
    .filter(({ change }) => !wanted.certificates.has(change.id))
    .map(({ change }) => dropCertificate(context, change));
  const findings: readonly StoreFinding[] = [...certificates, ...keys, ...drops];
  return {
    additions: [...certificates, ...keys].flatMap(({ step }) => step ?? []),
    removals: drops.flatMap(({ step }) => step ?? []),
    changedByHand: findings.flatMap(({ changedByHand }) => changedByHand ?? []),
    add: findings.flatMap(({ add }) => add ?? []),
    importKeys: findings.flatMap(({ importKey }) => importKey ?? []),
    takeBack: findings.flatMap(({ takeBack }) => takeBack ?? []),
    inPlace: findings.flatMap(({ inPlace }) => inPlace ?? []),
    gone: findings.flatMap(({ gone }) => gone ?? []),
  };
}

/** What one certificate or key needs; nothing where it is as it should be. */
interface StoreFinding {
  readonly step?: PlannedStep;
  readonly changedByHand?: ChangedByHand;
  readonly add?: StoreWork['add'][number];
  readonly importKey?: StoreWork['importKeys'][number];
  readonly takeBack?: CertificateChange;
  readonly inPlace?: CertificateChange | KeyChange;
  readonly gone?: CertificateChange;
}

function wantCertificate(context: StoreContext, id: string, wanted: WantedCertificate): StoreFinding {
  const { der, role, address, trust } = wanted;
  const stored = context.stored.get(id);
  const owned = context.ledger.certificates.get(id);
  const change: CertificateChange = owned?.change ?? {
    kind: 'certificate',
    id,
    role,
    address,
    der,
    before: stored === undefined ? 'absent' : 'untrusted',
  };
  const holds = stored !== undefined && (trust === 'none' || stored.trustedForMail);
  if (holds) return owned?.settled === false ? { inPlace: change } : {};
  const add = { add: { change, trust }, step: { kind: 'add-certificate', role, address, certificateId: id } as const };
  if (owned?.settled !== true) return add;
  return drifted(context, owned, stored === undefined ? null : 'not trusted', add);
}

function wantKey(context: StoreContext, id: string, { der, address, key }: WantedKey): StoreFinding {
  const owned = context.ledger.keys.get(id);
  const change: KeyChange = { kind: 'key', id, address, der };
  const stored = context.stored.get(id);
  if (stored?.hasPrivateKey === true) return owned?.settled === false ? { inPlace: change } : {};
  const add = { importKey: { change, key }, step: { kind: 'import-key', address, certificateId: id } as const };
  if (owned?.settled !== true) return add;
  return drifted(context, owned, stored === undefined ? null : 'no private key', add);
}

function dropCertificate({ stored }: StoreContext, change: CertificateChange): StoreFinding {
  const { id, role, address } = change;
  const now = stored.get(id);
  if (now === undefined || (change.before === 'untrusted' && !now.trustedForMail)) return { gone: change };
  // Somebody has put its key beside it since. Thunderbird deletes a certificate with its key, and old mail with that.
  if (now.hasPrivateKey && !now.trustedForMail) return { gone: change };
  return { takeBack: change, step: { kind: 'remove-certificate', role, address, certificateId: id } };
}

function drifted(
  context: StoreContext,
  { change }: Owned<CertificateChange | KeyChange>,
  now: string | null,
  mend: StoreFinding,
): StoreFinding {
  const changedByHand: ChangedByHand = {
    what: 'certificate',
    name: change.id,
    address: change.address,
    ours: change.kind === 'key' ? 'with private key' : 'in the store',
    now,
    before: null,
  };
  return context.changedByHand === 'put-back' ? { ...mend, changedByHand } : { changedByHand };
}
