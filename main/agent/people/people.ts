import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { MailAddress, PersonView } from '@endymail/shared/mail';
import { authorityFingerprint, createAnchor, issueCrossCertificate, parseCertificate } from '../certificates/index.ts';
import type { AgentState, PersonRecord } from '../home/state.ts';
import { readPublicPart, type PublicPart } from './public-part.ts';

/**
 * Each person costs Thunderbird two certificates, and it reads all of them for every recipient: at 100 people the
 * decision takes under 0.1 s, at 500 half a second, in which a mail could leave unencrypted (measured on 153 ESR).
 */
export const PEOPLE_MAX = 100;

export function personView(person: PersonRecord): PersonView {
  return viewOf(person, person.addedAt);
}

/** Reads a public part and says whom it names, against everybody who is known. Changes nothing. */
export async function examinePublicPart(
  text: string,
  state: AgentState,
  now: Date,
): Promise<Result<PersonView, Failure>> {
  const part = await admissiblePart(text, state, now);
  return part.ok ? ok(viewOf(part.value, now)) : part;
}

/**
 * The state with this person in it: their CA key cross-certified by this device's own anchor for exactly their mailbox.
 * `fingerprint` is what the person was shown; a file that changed in between is refused.
 */
export async function withPerson(
  text: string,
  fingerprint: string,
  state: AgentState,
  now: Date,
): Promise<Result<AgentState, Failure>> {
  const part = await admissiblePart(text, state, now);
  if (!part.ok) return part;
  if (authorityFingerprint(part.value.authority) !== fingerprint) {
    return err(failure('public-part-invalid', 'This is not the file whose fingerprint was shown.'));
  }
  const { address, authority, certificate } = part.value;
  const others = state.people.filter((person) => person.address !== address);
  if (others.length >= PEOPLE_MAX) {
    return err(failure('peer-limit', `${PEOPLE_MAX} people are known already; Thunderbird slows down beyond that.`));
  }
  const anchor = state.anchor ?? (await createAnchor({ now }));
  const crossCertificate = await issueCrossCertificate({ anchor, authority, address, now });
  const person: PersonRecord = { address, authority, certificate, crossCertificate, addedAt: now };
  return ok({ ...state, anchor, people: [...others, person] });
}

export function withoutPerson(address: MailAddress, state: AgentState): Result<AgentState, Failure> {
  const people = state.people.filter((person) => person.address !== address);
  if (people.length === state.people.length) return err(failure('peer-unknown', `${address} is not known.`));
  return ok({ ...state, people });
}

/** A public part that is well formed in itself and clashes with nothing that is known. */
async function admissiblePart(text: string, state: AgentState, now: Date): Promise<Result<PublicPart, Failure>> {
  const part = await readPublicPart(text, now);
  if (!part.ok) return part;
  const clash = clashWith(part.value, state);
  return clash ? err(clash) : part;
}

function clashWith(part: PublicPart, state: AgentState): Failure | null {
  if (state.mailboxes.some((mailbox) => mailbox.address === part.address)) return failure('peer-is-own');
  const known = state.people.find((person) => person.address === part.address);
  if (known && !sameKey(known.authority, part.authority)) return failure('peer-key-changed');
  const foreign = [
    ...state.people.filter((person) => person.address !== part.address).map((person) => person.authority),
    ...state.mailboxes.map((mailbox) => mailbox.authority.certificate),
    ...(state.anchor ? [state.anchor.certificate] : []),
  ];
  // The CA's name is checked to be the function of its key, so an equal key is an equal name and the other way round.
  if (foreign.some((authority) => sameKey(authority, part.authority))) return failure('peer-key-taken');
  return null;
}

function sameKey(left: Uint8Array, right: Uint8Array): boolean {
  return authorityFingerprint(left) === authorityFingerprint(right);
}

function viewOf(part: Pick<PersonRecord, 'address' | 'authority' | 'certificate'>, addedAt: Date): PersonView {
  const facts = parseCertificate(part.certificate);
  return {
    address: part.address,
    name: facts.ok ? facts.value.commonName : '',
    fingerprint: authorityFingerprint(part.authority),
    addedAt: addedAt.toISOString(),
    certificateExpiresAt: facts.ok ? facts.value.notAfter.toISOString() : '',
  };
}
