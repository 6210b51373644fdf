export {
  meshClientOf,
  problemIn,
  type CallFault,
  type CarryCall,
  type MeshClient,
  type WireAnswer,
  type WireCall,
} from './client.ts';
export { MESH_API, MESH_WATCH, type CallName, type MeshApi } from './contract.ts';
export { ACCOUNT_TEXT } from './fields.ts';
export type { BodyForm, FormFault, TextForm } from './forms.ts';
export { HINT, type Hint } from './hints.ts';
export { WIRE_LIMITS } from './limits.ts';
export { isLocalName, MESH_PORT, parseAccountName, wellKnownUrl, type AccountName } from './names.ts';
export { STEPS, type Step } from './payloads.ts';
export { PROBLEM_MEDIA_TYPE, PROBLEMS, readProblem, writeProblem, type Problem, type ProblemCode } from './problems.ts';
export {
  EVERY_CALL,
  readTexts,
  SIGNED_CALLS,
  targetOf,
  type AnswerOf,
  type InputOf,
  type ProblemOf,
  type Route,
} from './route.ts';
export { parseServiceId, parseServiceIdText, serviceIdBytes, serviceIdText, type ServiceId } from './service-id.ts';
export {
  readSignature,
  SERVICE_HEADER,
  signatureHeaders,
  type SignatureFault,
  type SignedRequest,
} from './signature.ts';
