export type { AccountAgent, ApproveOptions, Invitation, RecoverOptions } from './account/account-agent.ts';
export type {
  Agent,
  DisableOptions,
  EnableOptions,
  Progress,
  ReconcileOptions,
  SharedPart,
  WorkReport,
} from './agent.ts';
export {
  backgroundService,
  type BackgroundService,
  type BackgroundView,
  type CommandLine,
} from './background/index.ts';
export type { KeyAlgorithm } from './certificates/index.ts';
export type { Settings } from './home/state.ts';
export { serveKeytar, type KeytarRunner } from './keychain/index.ts';
export { defaultHomeFolder, otherKeychain } from './home/index.ts';
export { openAgent, rememberedKeychain, type AgentOptions, type KeychainChoice } from './open-agent.ts';
export { restoreBackup, startOver, type Restored, type RestoreOptions } from './restore-backup.ts';
export {
  connectAgent,
  serveAgent,
  type ConnectedAgent,
  type ConnectOptions,
  type ServeOptions,
  type Serving,
} from './serving/index.ts';
export type { System } from './system.ts';
