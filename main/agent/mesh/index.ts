export { createEmbedded } from './embedded.ts';
export { findService, type FoundService } from './find-service.ts';
export type { Hosting } from './hosting.ts';
export { isProblem, meshFailure } from './mesh-failure.ts';
export { createServiceClient, type ServiceAddress, type ServiceClient, type ServiceFault } from './service-client.ts';
export { watchService, type WatchOptions } from './watch-service.ts';
