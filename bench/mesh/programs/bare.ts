import { bareServer } from './bare-server.ts';
import { ready } from './ready.ts';

/** An HTTP server that does nothing but answer. */
ready(await bareServer(() => Promise.resolve()));
