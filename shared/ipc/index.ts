export {
  answering,
  call,
  clientOf,
  parseEvent,
  whereOf,
  type Answer,
  type Call,
  type Carry,
  type Client,
  type Contract,
  type EventOf,
  type Events,
  type Handlers,
} from './contract.ts';
export { ACCOUNT_CALLS } from './account-calls.ts';
export { AGENT_CALLS, AGENT_EVENTS, type AgentClient, type AgentProgress, type HomeStatus } from './agent-contract.ts';
export { ACCOUNT_WINDOW_CALLS, WORDS_ASKED_FOR } from './account-window-calls.ts';
export { WINDOW_CALLS, WINDOW_EVENTS, type WindowClient } from './window-contract.ts';
export { failureSchema } from './schemas/failure.ts';
export { LIMITS, type TimeSpan } from './schemas/values.ts';
export {
  APP_SLICES,
  type AboutView,
  type AgentView,
  type AppChange,
  type AppView,
  type AttentionItem,
  type JobView,
  type MailboxesView,
  type MailboxView,
  type PlaceView,
  type ScreenLink,
  type SettingsView,
  type WorkView,
} from './views.ts';
