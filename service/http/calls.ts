import {
  ACCOUNT_TEXT,
  EVERY_CALL,
  MESH_API,
  readTexts,
  SIGNED_CALLS,
  type CallName,
  type Problem,
  type ProblemCode,
  type Route,
} from '@endymail/shared/mesh-api';
import type { IncomingMessage } from 'node:http';
import type { Result } from '@endymail/shared/result';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuse, type Caller, type Handlers } from './answers.ts';
import { asCaller } from './authenticate.ts';
import type { Ground } from './ground.ts';
import { sendProblem } from './problem-reply.ts';

/** Registers every call of the contract with what answers it. */
export function registerCalls(
  server: FastifyInstance,
  handlers: Handlers,
  ground: Ground,
  addressOf: (request: IncomingMessage) => string,
): void {
  for (const [name, route] of Object.entries(MESH_API)) {
    const handler = handlers[name as CallName] as AnyHandler;
    const possible = problemsOf(route);
    server.route({
      method: route.method,
      url: route.path,
      bodyLimit: Math.max(1, route.body.maxBytes),
      handler: async (request, reply) => {
        const answer = await answered(request, route, { handler, ground, address: addressOf(request.raw) });
        if (answer.ok) {
          reply.header('content-type', route.answer.mediaType);
          // The answer is that of this call, which the types of the handlers say.
          return reply.send(Buffer.from(route.answer.write(answer.value as never)));
        }
        // What the contract does not name is no answer: the client would not know it.
        return sendProblem(reply, possible.has(answer.error.code) ? answer.error : { code: 'internal' });
      },
    });
  }
}

type AnyHandler = (
  input: never,
  context: { readonly caller: Caller | null; readonly address: string; readonly origin: string },
) => Promise<Result<unknown, Problem>>;

const CALL_PATHS = Object.values(MESH_API).map(
  ({ path }) => new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:[a-z]+/g, '[^/]+')}$`),
);

/** Whether there is a call at this path, by whichever method. */
export const isCallPath = (path: string): boolean => CALL_PATHS.some((pattern) => pattern.test(path));

/** Everything that a call can say no with. */
const problemsOf = (route: Route): ReadonlySet<ProblemCode> =>
  new Set([...EVERY_CALL, ...(route.signed === 'none' ? [] : SIGNED_CALLS), ...route.problems]);

async function answered(
  request: FastifyRequest,
  route: Route,
  { handler, ground, address }: { readonly handler: AnyHandler; readonly ground: Ground; readonly address: string },
): Promise<Result<unknown, Problem>> {
  const texts = valuesOf(request.params);
  const params = readTexts(route.params, texts);
  const query = readTexts(route.query, valuesOf(request.query));
  if (params === null || query === null) return refuse('malformed');
  const bytes = request.body instanceof Uint8Array ? request.body : new Uint8Array();
  const origin = ground.places().originOf(request.headers.host);
  if (origin === null) return refuse('host-refused');
  const answer = async (caller: Caller | null): Promise<Result<unknown, Problem>> => {
    const body = route.body.read(bytes);
    if (!body.ok) return refuse(body.error === 'newer' ? 'version-unknown' : 'malformed');
    const input = { ...params, ...query, ...(body.value === undefined ? {} : { body: body.value }) };
    // What was read by the forms of this call is the input of its handler.
    return handler(input as never, { caller, address, origin });
  };
  const { headers, method, raw } = request;
  const isUnsigned = headers['signature-input'] === undefined && headers['signature'] === undefined;
  if (route.signed === 'none' || (route.signed === 'either' && isUnsigned)) return answer(null);
  const account = ACCOUNT_TEXT.read(typeof texts['account'] === 'string' ? texts['account'] : '');
  if (account === null) return refuse('malformed');
  const takesRoot = route.signed === 'member';
  const signed = { method, targetUri: `${origin}${raw.url ?? ''}`, headers, body: bytes, account, takesRoot };
  return asCaller(signed, ground, answer);
}

const valuesOf = (texts: unknown): Readonly<Record<string, unknown>> =>
  typeof texts === 'object' && texts !== null ? { ...texts } : {};
