import { ACCOUNT_TEXT, COUNT_TEXT, NAME_TEXT, REQUEST_TEXT, SEQUENCE_TEXT } from './fields.ts';
import { nothing } from './forms.ts';
import {
  ACCOUNT_ONLY,
  BUNDLES,
  CLOSE,
  DONE,
  ENTRIES,
  ENTRY_APPEND,
  HEAD_ONLY,
  HEADS,
  LINK_APPEND,
  LINKS,
  NEW_ACCOUNT,
  REQUEST,
  REQUEST_ID,
  REQUEST_STEPS,
  REQUESTS,
  STATEMENT,
  STATUS,
  WELL_KNOWN,
} from './payloads.ts';
import type { Route } from './route.ts';

const ACCOUNT = { account: ACCOUNT_TEXT } as const;
const REQUEST_OF_ACCOUNT = { account: ACCOUNT_TEXT, request: REQUEST_TEXT } as const;
const SEQUENCE_OF_ACCOUNT = { account: ACCOUNT_TEXT, sequence: SEQUENCE_TEXT } as const;
const FROM = { from: COUNT_TEXT } as const;

const step = (path: Route['path'], signed: Route['signed']) =>
  ({
    method: 'POST',
    path,
    signed,
    params: REQUEST_OF_ACCOUNT,
    query: {},
    body: STATEMENT,
    answer: DONE,
    problems: ['account-unknown', 'request-unknown', 'role-missing', 'statement-refused', 'step-taken', 'service-full'],
  }) as const satisfies Route;

/**
 * The calls of the mesh service (docs/protocol.md §8). Service, client and the doubles of the tests are derived from
 * this object.
 */
export const MESH_API = Object.freeze({
  wellKnown: {
    method: 'GET',
    path: '/.well-known/mesh',
    signed: 'none',
    params: {},
    query: {},
    body: nothing,
    answer: WELL_KNOWN,
    problems: [],
  },
  accountOf: {
    method: 'GET',
    path: '/v1/names/:name',
    signed: 'none',
    params: { name: NAME_TEXT },
    query: {},
    body: nothing,
    answer: ACCOUNT_ONLY,
    problems: ['name-unknown'],
  },
  createAccount: {
    method: 'POST',
    path: '/v1/accounts',
    signed: 'none',
    params: {},
    query: {},
    body: NEW_ACCOUNT,
    answer: ACCOUNT_ONLY,
    problems: ['name-taken', 'account-exists', 'link-refused', 'bundle-refused', 'service-full'],
  },
  readChain: {
    method: 'GET',
    path: '/v1/accounts/:account/chain',
    signed: 'none',
    params: ACCOUNT,
    query: FROM,
    body: nothing,
    answer: LINKS,
    problems: ['account-unknown'],
  },
  appendLink: {
    method: 'POST',
    path: '/v1/accounts/:account/chain',
    signed: 'member',
    params: ACCOUNT,
    query: {},
    body: LINK_APPEND,
    answer: HEAD_ONLY,
    problems: ['chain-moved', 'link-refused', 'bundle-refused', 'account-full', 'service-full'],
  },
  readBundles: {
    method: 'GET',
    path: '/v1/accounts/:account/bundles',
    signed: 'member',
    params: ACCOUNT,
    query: FROM,
    body: nothing,
    answer: BUNDLES,
    problems: [],
  },
  readHeads: {
    method: 'GET',
    path: '/v1/accounts/:account/heads',
    signed: 'device',
    params: ACCOUNT,
    query: {},
    body: nothing,
    answer: HEADS,
    problems: [],
  },
  readEntries: {
    method: 'GET',
    path: '/v1/accounts/:account/sequences/:sequence',
    signed: 'member',
    params: SEQUENCE_OF_ACCOUNT,
    query: FROM,
    body: nothing,
    answer: ENTRIES,
    problems: ['sequence-unknown', 'role-missing'],
  },
  appendEntries: {
    method: 'POST',
    path: '/v1/accounts/:account/sequences/:sequence',
    signed: 'device',
    params: SEQUENCE_OF_ACCOUNT,
    query: {},
    body: ENTRY_APPEND,
    answer: HEAD_ONLY,
    problems: ['sequence-unknown', 'role-missing', 'sequence-moved', 'entry-refused', 'account-full', 'service-full'],
  },
  postRequest: {
    method: 'POST',
    path: '/v1/accounts/:account/requests',
    signed: 'none',
    params: ACCOUNT,
    query: {},
    body: REQUEST,
    answer: REQUEST_ID,
    problems: ['account-unknown', 'statement-refused', 'requests-full', 'service-full'],
  },
  readRequests: {
    method: 'GET',
    path: '/v1/accounts/:account/requests',
    signed: 'device',
    params: ACCOUNT,
    query: {},
    body: nothing,
    answer: REQUESTS,
    problems: ['role-missing'],
  },
  readRequest: {
    method: 'GET',
    path: '/v1/accounts/:account/requests/:request',
    signed: 'none',
    params: REQUEST_OF_ACCOUNT,
    query: {},
    body: nothing,
    answer: REQUEST_STEPS,
    problems: ['account-unknown', 'request-unknown'],
  },
  postOffer: step('/v1/accounts/:account/requests/:request/offer', 'device'),
  postConfirm: step('/v1/accounts/:account/requests/:request/confirm', 'none'),
  postAnswer: step('/v1/accounts/:account/requests/:request/answer', 'device'),
  /** Signed by an admin device that says no; not signed where the device that asked does. */
  postReject: step('/v1/accounts/:account/requests/:request/reject', 'either'),
  deleteAccount: {
    method: 'DELETE',
    path: '/v1/accounts/:account',
    signed: 'device',
    params: ACCOUNT,
    query: {},
    body: CLOSE,
    answer: DONE,
    problems: ['link-refused', 'chain-moved', 'service-full'],
  },
  health: {
    method: 'GET',
    path: '/health',
    signed: 'none',
    params: {},
    query: {},
    body: nothing,
    answer: STATUS,
    problems: [],
  },
  ready: {
    method: 'GET',
    path: '/ready',
    signed: 'none',
    params: {},
    query: {},
    body: nothing,
    answer: STATUS,
    problems: [],
  },
} as const satisfies Readonly<Record<string, Route>>);

export type MeshApi = typeof MESH_API;
export type CallName = keyof MeshApi;

/** The WebSocket that tells of what is new, in messages of `hints.ts`. The device signs its opening request. */
export const MESH_WATCH = Object.freeze({
  method: 'GET',
  path: '/v1/accounts/:account/watch',
  params: ACCOUNT,
  query: {},
} as const);
