export { DEFAULT_PORT } from './config/config.ts';
export { SERVICE_LIMITS, type ServiceLimits } from './admission/limits.ts';
export { createJournal, type Journal } from './http/journal.ts';
export { selfSigned } from './own-certificate.ts';
export { startService, type RunningService, type ServiceOptions, type StartFault } from './start-service.ts';
