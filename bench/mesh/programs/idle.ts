import { ready } from './ready.ts';

/** Node with nothing to do. */
ready('');
