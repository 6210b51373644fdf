import * as v from 'valibot';
import { SERVING_LIMITS } from './limits.ts';
import { SECRET_BYTES } from './proof.ts';

/** What is said before the first call, in this order. All of it is read with bounds and by these forms alone. */

const secretBytes = v.pipe(v.instance(Uint8Array), v.length(SECRET_BYTES));

/** Client: who knocks, and with what number. */
export const Hello = v.strictObject({ endymail: v.literal(1), nonce: secretBytes });

/** Agent: its own number, and its proof first: a client gives nothing to one who has none. */
export const Challenge = v.strictObject({ nonce: secretBytes, proof: secretBytes });

/** Client: its proof, and what it is, to be named in what it does ("endymail enable"). */
export const Proof = v.strictObject({
  proof: secretBytes,
  command: v.pipe(v.string(), v.maxLength(SERVING_LIMITS.commandMaxChars)),
});

/** Agent: calls may come. */
export const Welcome = v.strictObject({ welcome: v.literal(true) });

/** From the client, after that. What the call may say, the contract decides. */
export const CallMessage = v.strictObject({
  id: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  call: v.string(),
  args: v.array(v.unknown()),
});

/** From the agent, after that. */
export const AgentMessage = v.union([
  v.strictObject({ id: v.number(), ok: v.literal(true), value: v.optional(v.unknown()) }),
  v.strictObject({ id: v.number(), ok: v.literal(false), error: v.unknown() }),
  v.strictObject({
    event: v.picklist(['changed', 'status', 'progress']),
    payload: v.unknown(),
    /** The call of this client that it belongs to; null: somebody else's. */
    of: v.nullable(v.number()),
  }),
]);
