import type { AccountView, CertificateView } from '@endymail/shared/account';
import { parseAccountName, serviceIdBytes } from '@endymail/shared/mesh-api';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { Hash32 } from '@endymail/shared/sealing';
import type { FoundService } from '../mesh/index.ts';
import type { AccountAgent } from './account-agent.ts';
import { accountOf } from './account-of.ts';
import type { AccountParts } from './account-parts.ts';
import type { AccountRecord, ServiceRecord } from './account-record.ts';
import { namesHere } from './account-views.ts';
import { isNamed } from './join.ts';
import { keyFingerprint, recordOf } from './service-of.ts';

interface Around {
  readonly isMember: () => Result<void, Failure>;
  /** What is known of the service has changed; answers with how the account stands then. */
  readonly keptElse: () => Promise<Result<AccountView, Failure>>;
}

type WhereKeptCalls = Pick<AccountAgent, 'setReachable' | 'moveTo' | 'certificate' | 'trustCertificate'>;

/** The methods of an account about where it is kept. See `AccountAgent`. */
export function whereKeptCalls(parts: AccountParts, { isMember, keptElse }: Around): WhereKeptCalls {
  async function changed(change: () => Promise<Result<void, Failure>>): Promise<Result<AccountView, Failure>> {
    const known = isMember();
    if (!known.ok) return known;
    const done = await change();
    return done.ok ? keptElse() : done;
  }

  return {
    setReachable: (isReachable) => changed(() => setReachable(parts, isReachable)),
    moveTo: (place) => changed(() => moveTo(parts, place)),
    async certificate() {
      const known = isMember();
      return known.ok ? certificateNow(parts) : known;
    },
    trustCertificate: (shown) => changed(() => trustCertificate(parts, shown)),
  };
}

/** Whether an account is the one that would be made of this name there. */
export function isKeptAs({ name, service }: AccountRecord, text: string, where: ServiceRecord['kind']): boolean {
  if (service.kind !== where) return false;
  return where === 'here' ? name.local === text.trim().toLowerCase() : isNamed(name, text);
}

/** The name to tell another device. Error `here-not-reachable`: it is kept here, and nobody else may reach it. */
export async function nameToTell(parts: AccountParts): Promise<Result<string, Failure>> {
  const { name, service } = accountOf(parts);
  if (service.kind === 'service') return ok(`${name.local}@${name.host}`);
  const [first] = await namesHere(parts, name.local);
  return first === undefined ? err(failure('here-not-reachable')) : ok(first);
}

/** Lets other devices reach an account that is kept here, or only this computer. */
function setReachable(parts: AccountParts, isReachable: boolean): Promise<Result<void, Failure>> {
  const isHere = accountOf(parts).service.kind === 'here';
  return isHere ? parts.hosting.setReachable(isReachable) : Promise.resolve(err(failure('account-not-here')));
}

/**
 * The same service is at another place now (`192.0.2.8:4433`): remembered where it proves that it is the same, by its key
 * or by the certificate that this computer trusts, and by its id.
 */
async function moveTo(parts: AccountParts, place: string): Promise<Result<void, Failure>> {
  const { name, service } = accountOf(parts);
  if (service.kind === 'here') return err(failure('usage', 'The account is kept on this computer.'));
  const found = await findAt(parts, `${name.local}@${place}`, service.pin?.key ?? null);
  if (!found.ok) return found;
  const { service: there, isPinnedNow } = found.value;
  if (isPinnedNow) return err(failure('mesh-certificate'));
  const account = accountOf(parts);
  const moved = { ...account.service, url: there.url };
  const host = place.trim().toLowerCase();
  return parts.update({ ...parts.state(), account: { ...account, name: { ...name, host }, service: moved } });
}

/** What the service shows now, beside what it was known by. */
async function certificateNow(parts: AccountParts): Promise<Result<CertificateView, Failure>> {
  const found = await findAgain(parts);
  if (!found.ok) return found;
  const known = accountOf(parts).service.pin?.key ?? null;
  return ok({ known: fingerprintOf(known), shown: fingerprintOf(found.value.service.pin) });
}

/**
 * Takes the certificate that the service shows now, which the person has seen as `shown`.
 * Error `service-certificate-changed`: it shows yet another one.
 */
async function trustCertificate(parts: AccountParts, shown: string | null): Promise<Result<void, Failure>> {
  const found = await findAgain(parts);
  if (!found.ok) return found;
  if (fingerprintOf(found.value.service.pin) !== shown) return err(failure('service-certificate-changed'));
  const account = accountOf(parts);
  const { pin } = recordOf(found.value);
  const isSame = pin?.key === account.service.pin?.key;
  return isSame
    ? ok()
    : parts.update({ ...parts.state(), account: { ...account, service: { ...account.service, pin } } });
}

function findAgain(parts: AccountParts): Promise<Result<FoundService, Failure>> {
  const { name, service } = accountOf(parts);
  return service.kind === 'here'
    ? Promise.resolve(err(failure('usage', 'The certificate is that of this computer.')))
    : findAt(parts, `${name.local}@${name.host}`, null);
}

/** Error `mesh-certificate`: it is another service. */
async function findAt(parts: AccountParts, text: string, pin: Hash32 | null): Promise<Result<FoundService, Failure>> {
  const name = parseAccountName(text);
  if (!name.ok) return name;
  const found = await parts.find(name.value, pin);
  if (!found.ok) return found;
  const known = accountOf(parts).service.id;
  const isSame = Buffer.from(serviceIdBytes(found.value.service.id)).equals(known);
  return isSame ? found : err(failure('mesh-certificate', undefined, 'a mesh service, and another one'));
}

const fingerprintOf = (key: Hash32 | null): string | null => (key === null ? null : keyFingerprint(key));
