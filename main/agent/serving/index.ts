export { connectAgent, type ConnectedAgent, type ConnectOptions } from './connect-agent.ts';
export { serveAgent, type ServeOptions, type Serving } from './serve-agent.ts';
