export {
  addCertificate,
  certificateFor,
  deleteCertificates,
  listCertificates,
  type StoredCertificate,
} from './certificate-store.ts';
export { baseEnv, endProgram, runProgram, startProgram, type Finished } from './child.ts';
export {
  sendMessage,
  sendRefused,
  sendReply,
  type ComposeState,
  type MessageToSend,
  type SentMessage,
} from './compose.ts';
export { startDisplay, type Display } from './display.ts';
export { ENDYMAIL, endymail, endymailDone, type EndymailOptions, type EndymailRun } from './endymail.ts';
export { takenNames, unlimitedRoot } from './taken-names.ts';
export { hostileLeaves, type HostileLeaf } from './hostile-leaves.ts';
export { startKeyring, type Keyring } from './keyring.ts';
export { askToJoin, type JoinRequest } from './join-request.ts';
export { startMesh, type Mesh } from './mesh.ts';
export { putIntoStore, type StoreContent } from './nss-store.ts';
export {
  addressesIn,
  certificateHash,
  encryptMail,
  headerOf,
  inspectMail,
  openPkcs12,
  pem,
  signMail,
  wireOf,
  type InspectedMail,
  type InspectedSignature,
  type KeyPairBytes,
  type Wire,
} from './openssl-mail.ts';
export { createPerson, introduce, ROUTES, type Person, type Route } from './person.ts';
export { readPrefs, removePrefs, setPrefs } from './prefs-file.ts';
export { inPrivateFolder, type PrivateFolder } from './private-folder.ts';
export { requirePrograms, THUNDERBIRD_FOLDER, THUNDERBIRD_PROGRAM, type ProgramName } from './programs.ts';
export { endProcessesOf, processesOf } from './processes.ts';
export { openMessage, receiveMessage, type Reading } from './reader.ts';
export { shownAsSigned } from './shown-as-signed.ts';
export { startSmtpSink, type SentMail, type SmtpSink } from './smtp-sink.ts';
export { anchorForgeries, mintedLeaves, takeKeys, type TakenKeys } from './taken-keys.ts';
export { createTestHome, type TestHome } from './test-home.ts';
export {
  createTestPerson,
  keyPairBytes,
  publicPartFile,
  setUpByHand,
  testAddress,
  type TestPerson,
} from './test-person.ts';
export { DRIVER_PREFS, QUIET_PREFS } from './test-prefs.ts';
export {
  createThunderbirdHandle,
  startOnce,
  startThunderbird,
  thunderbirdEnv,
  type Thunderbird,
  type ThunderbirdHandle,
} from './thunderbird.ts';
export { createThunderbirdProfile, type TestIdentity, type TestProfile } from './thunderbird-profile.ts';
export { until } from './until.ts';
