// What needs no secret: the service and what it shares with devices import this and nothing else of the folder.
export { ACT_WAIT_SECONDS, isGrown, mayCancel, mayComplete } from './acts.ts';
export { checkBundle, type Bundle, type BundleFault, type Owner, type PreviousKey, type Wrap } from './bundle.ts';
export { CATALOGS, catalogNumber, catalogOf, type CatalogName } from './catalogs.ts';
export { isEquivocation } from './equivocation.ts';
export { firstChainHead, firstSequenceHead, nextHead, sameHead, type Head } from './heads.ts';
export { CHAIN_LIMITS } from './limits.ts';
export { signerOfLink } from './link-signer.ts';
export { decodeLink, encodeLink, linkContext, type Link, type LinkBody, type StatedDevice } from './link.ts';
export {
  activeDevice,
  activeDevices,
  currentEpoch,
  extendsProfile,
  isAdmin,
  isSuspended,
  mayUse,
  passedThrough,
  sequenceOf,
  sequencesFor,
  type Act,
  type Device,
  type Epoch,
  type Pause,
  type Profile,
  type Sequence,
} from './profile.ts';
export { openReverse, type Reverse } from './reverse.ts';
export { ALL_ROLES, ORDINARY_ROLES, ROLES, areRoles, hasRoles } from './roles.ts';
export { maySuspend } from './suspended.ts';
export { beginProfile, extendProfile, linkIn, verifyChain, type ChainFault } from './verify.ts';
