export { decodeApprovals, encodeApprovals } from './approvals-codec.ts';
export {
  deviceToAdd,
  noApprovals,
  unconfirmedOffers,
  withInvitation,
  type Answered,
  type Approval,
  type ApprovalEnded,
  type ApprovalFailure,
  type Approvals,
  type Approved,
  type Offered,
} from './approvals.ts';
export {
  answer,
  offer,
  onConfirm,
  onDeviceReject,
  reject,
  type AnswerFault,
  type ApprovalStep,
  type OfferFault,
  type Proof,
} from './approving.ts';
export { isSameCertificate, type SeenCertificate } from './certificate.ts';
export type { StatedEpoch } from './answer.ts';
export type { DeviceDescription } from './description.ts';
export { drawDigits, parseDigits } from './digits.ts';
export type { RequestId } from './exchange.ts';
export type { InvitationId } from './invitation-id.ts';
export { holdsAt, makeInvitation, parseInvitation, type Invitation, type InvitationLink } from './invitation.ts';
export { decodeJoinState, encodeJoinState } from './join-state-codec.ts';
export type { Confirmed, DeviceSeeds, JoinEnded, JoinFailure, JoinState, Joined, Requested } from './join-state.ts';
export {
  beginJoin,
  onAnswer,
  onOffer,
  onReject,
  onTimeout,
  takeBack,
  type BeginFault,
  type JoinStep,
} from './joining.ts';
export { INVITATION_LIFETIME_SECONDS, REQUEST_LIFETIME_SECONDS, UNCONFIRMED_OFFERS_MAX } from './limits.ts';
export type { RejectReason } from './reject.ts';
export { readRequest, type PendingRequest, type RequestFault } from './request.ts';
