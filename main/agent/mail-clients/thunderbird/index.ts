export { createThunderbirdAdapter, type StoreRoute, type ThunderbirdAdapterOptions } from './adapter.ts';
