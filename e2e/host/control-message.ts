import * as v from 'valibot';

/** What the host tells the process that started it. */
export const ControlMessage = v.variant('host', [
  v.object({ host: v.literal('ready'), endpoint: v.string() }),
  v.object({ host: v.literal('result'), id: v.number(), value: v.string() }),
  v.object({ host: v.literal('error'), id: v.number(), message: v.string() }),
]);
export type ControlMessage = v.InferOutput<typeof ControlMessage>;
