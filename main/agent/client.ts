/**
 * The agent for those that only ask it in another process, or stand in for it at the keychain: what does the work is not
 * loaded, so that a window is there at once.
 */
export type { WorkReport } from './agent.ts';
export { defaultHomeFolder } from './home/default-folder.ts';
export { serveKeytar } from './keychain/keytar-service.ts';
export { connectAgent, type ConnectedAgent } from './serving/connect-agent.ts';
