export { createThunderbirdAdapter, type ThunderbirdAdapterOptions } from './adapter.ts';
export type { StoreRoute } from './applying/store-change.ts';
export { doubtedJournal } from './journal/doubted.ts';
export { glanceAtThunderbird } from './glance.ts';
