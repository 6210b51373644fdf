import * as v from 'valibot';
import { Redacted } from '../result/index.ts';
import {
  accountIdBytes,
  decodeCbor,
  encodeCbor,
  hash32Bytes,
  KEM_KEY_BYTES,
  keyIdBytes,
  parseAccountId,
  type CborValue,
} from '../sealing/index.ts';
import { APPROVAL_FAILURES, type Approval, type ApprovalFailure, type Approvals } from './approvals.ts';
import { description } from './description.ts';
import { invitationIdBytes, parseInvitationId } from './invitation-id.ts';
import { INVITATION_SECRET_BYTES, type Invitation } from './invitation.ts';
import { EXCHANGES_MAX, INVITATIONS_MAX, REVERSE_MAX_BYTES } from './limits.ts';
import { REJECT_REASONS } from './reject.ts';
import { bytesOf, bytesUpTo, count, hash32, keyId, message, parsedBy, secretOf, version, VERSION } from './wire.ts';

const KIND = Object.freeze({ offered: 0, approved: 1, answered: 2, ended: 3 } as const);

const SHARED_KEY_BYTES = 64;
const PUBLIC_KEY_BYTES = 32;

/** What an admin device has to remember of its answers, for a sealed file: secrets of exchanges are in it. */
export function encodeApprovals({ account, exchanges, invitations }: Approvals): Redacted<Uint8Array> {
  return new Redacted(
    encodeCbor([
      VERSION,
      accountIdBytes(account),
      [...exchanges.values()].map((approval) => [KIND[approval.kind], sameFields(approval), fieldsOf(approval)]),
      [...invitations.values()].map(invitationFields),
    ]),
  );
}

const sameFields = ({ requestId, device, at, invitation }: Approval): CborValue => [
  hash32Bytes(requestId),
  keyIdBytes(device),
  at,
  invitation === null ? null : invitationIdBytes(invitation),
];

function fieldsOf(approval: Approval): CborValue {
  switch (approval.kind) {
    case 'offered':
      return [
        approval.request,
        keyIdBytes(approval.admin),
        approval.roles,
        approval.message,
        approval.sharedKey.reveal(),
      ];
    case 'approved':
      return [
        approval.request,
        keyIdBytes(approval.admin),
        approval.roles,
        approval.reverse,
        approval.publicKey,
        approval.kemKey,
        [approval.description.name, approval.description.platform],
      ];
    case 'answered':
      return [approval.message];
    case 'ended':
      return [failureText(approval.why), approval.unconfirmed, approval.message];
  }
}

const invitationFields = ({ id, roles, made, secret, usedBy }: Invitation): CborValue => [
  invitationIdBytes(id),
  roles,
  made,
  secret?.reveal() ?? null,
  usedBy === null ? null : hash32Bytes(usedBy),
];

const REJECTED = 'rejected:';
const REFUSED = 'refused:';

function failureText(why: ApprovalFailure): string {
  if (typeof why === 'string') return why;
  return 'rejected' in why ? REJECTED + why.rejected : REFUSED + why.refused;
}

const FAILURES: ReadonlyMap<string, ApprovalFailure> = new Map<string, ApprovalFailure>([
  ...APPROVAL_FAILURES.map((why) => [why, why] as const),
  ...REJECT_REASONS.map((rejected) => [REJECTED + rejected, { rejected }] as const),
  ...REJECT_REASONS.map((refused) => [REFUSED + refused, { refused }] as const),
]);

const failure = parsedBy((value) => (typeof value === 'string' ? (FAILURES.get(value) ?? null) : null));
const invitationId = parsedBy(parseInvitationId);

const same = v.pipe(
  v.strictTuple([hash32, keyId, count, v.nullable(invitationId)]),
  v.transform(([requestId, device, at, invitation]) => ({ requestId, device, at, invitation })),
);

const offered = v.pipe(
  v.strictTuple([message, keyId, count, message, secretOf(SHARED_KEY_BYTES)]),
  v.transform(([request, admin, roles, posted, sharedKey]) => {
    return { kind: 'offered' as const, request, admin, roles, message: posted, sharedKey };
  }),
);

const approved = v.pipe(
  v.strictTuple([
    message,
    keyId,
    count,
    bytesUpTo(REVERSE_MAX_BYTES),
    bytesOf(PUBLIC_KEY_BYTES),
    bytesOf(KEM_KEY_BYTES),
    description,
  ]),
  v.transform(([request, admin, roles, reverse, publicKey, kemKey, said]) => {
    return { kind: 'approved' as const, request, admin, roles, reverse, publicKey, kemKey, description: said };
  }),
);

const answered = v.pipe(
  v.strictTuple([message]),
  v.transform(([posted]) => ({ kind: 'answered' as const, message: posted })),
);

const ended = v.pipe(
  v.strictTuple([failure, v.boolean(), v.nullable(message)]),
  v.transform(([why, unconfirmed, posted]) => ({ kind: 'ended' as const, why, unconfirmed, message: posted })),
);

const withSame = <K extends number, T extends object>(kind: K, fields: v.GenericSchema<unknown, T>) =>
  v.pipe(
    v.strictTuple([v.literal(kind), same, fields]),
    v.transform(([, shared, own]) => ({ ...shared, ...own })),
  );

const approval: v.GenericSchema<unknown, Approval> = v.union([
  withSame(KIND.offered, offered),
  withSame(KIND.approved, approved),
  withSame(KIND.answered, answered),
  withSame(KIND.ended, ended),
]);

const invitation = v.pipe(
  v.strictTuple([invitationId, count, count, v.nullable(secretOf(INVITATION_SECRET_BYTES)), v.nullable(hash32)]),
  v.transform(([id, roles, made, secret, usedBy]): Invitation => ({ id, roles, made, secret, usedBy })),
);

const listOf = <T>(item: v.GenericSchema<unknown, T>, length: number) => v.pipe(v.array(item), v.maxLength(length));

const stored = v.strictTuple([
  version,
  parsedBy(parseAccountId),
  listOf(approval, EXCHANGES_MAX),
  listOf(invitation, INVITATIONS_MAX),
]);

/** What `encodeApprovals` wrote; null for anything else. */
export function decodeApprovals(bytes: Redacted<Uint8Array>): Approvals | null {
  const parsed = v.safeParse(stored, decodeCbor(bytes.reveal()));
  if (!parsed.success) return null;
  const [, account, exchanges, invitations] = parsed.output;
  return {
    account,
    exchanges: new Map(exchanges.map((one) => [one.requestId, one])),
    invitations: new Map(invitations.map((one) => [one.id, one])),
  };
}
