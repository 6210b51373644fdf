import { err, ok, type Result } from '../result/index.ts';
import { MESH_API, type MeshApi } from './contract.ts';
import { PROBLEM_MEDIA_TYPE, readProblem, type Problem } from './problems.ts';
import { targetOf, type AnswerOf, type InputOf, type Route } from './route.ts';

/** A call as it goes over the wire. */
export interface WireCall {
  /** The name of the call in the contract. */
  readonly name: string;
  readonly method: Route['method'];
  /** Path and query; it is put behind the `api` of `/.well-known/mesh`. */
  readonly target: string;
  readonly signed: Route['signed'];
  readonly body: Uint8Array;
  /** Null: there is no body. */
  readonly mediaType: string | null;
  readonly answerMaxBytes: number;
}

export interface WireAnswer {
  readonly status: number;
  readonly mediaType: string;
  readonly body: Uint8Array;
}

/** Carries a call to the service, signed where it must be, and brings the answer, whatever it is. */
export type CarryCall<Fault> = (call: WireCall) => Promise<Result<WireAnswer, Fault>>;

/** `malformed`: an answer that this call does not have · `newer`: one of a version that this Endymail does not know. */
export type CallFault<Fault> =
  | { readonly kind: 'carry'; readonly fault: Fault }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'newer' };

type Routes = Readonly<Record<string, Route>>;

type ClientOf<Api extends Routes, Fault> = {
  readonly [Name in keyof Api]: (input: InputOf<Api[Name]>) => Promise<Result<AnswerOf<Api[Name]>, CallFault<Fault>>>;
};

/** The caller's end of the contract: `await mesh.readChain({ account, from: 0 })`. */
export type MeshClient<Fault> = ClientOf<MeshApi, Fault>;

/** Derives the caller's end. An answer that the contract does not allow is not believed. */
export const meshClientOf = <Fault>(carry: CarryCall<Fault>): MeshClient<Fault> => clientOf(MESH_API, carry);

function clientOf<Api extends Routes, Fault>(api: Api, carry: CarryCall<Fault>): ClientOf<Api, Fault> {
  const calls = Object.entries(api).map(([name, route]) => {
    const call = async (input: Input): Promise<Result<unknown, CallFault<Fault>>> => {
      const carried = await carry(wireCallOf(name, route, input));
      return carried.ok ? readAnswer(route, carried.value) : err({ kind: 'carry', fault: carried.error });
    };
    return [name, call] as const;
  });
  // The mapped type says of each name what the loop does for all of them.
  return Object.freeze(Object.fromEntries(calls)) as ClientOf<Api, Fault>;
}

type Input = Readonly<Record<string, unknown>>;

function wireCallOf(name: string, route: Route, input: Input): WireCall {
  return {
    name,
    method: route.method,
    target: targetOf(route, input),
    signed: route.signed,
    // The input is that of this route, which the mapped type of the client says.
    body: route.body.write(input['body'] as never),
    mediaType: route.body.mediaType,
    answerMaxBytes: route.answer.maxBytes,
  };
}

/** The media type without its parameters. */
const bare = (mediaType: string): string => (mediaType.split(';')[0] ?? '').trim().toLowerCase();

/** What an answer says, for the one who carries it and must know the problem `clock`. Null: it is no problem. */
export function problemIn({ status, mediaType, body }: WireAnswer): Problem | null {
  return status >= 400 && bare(mediaType) === PROBLEM_MEDIA_TYPE ? readProblem(body) : null;
}

function readAnswer<Fault>(route: Route, answer: WireAnswer): Result<unknown, CallFault<Fault>> {
  const problem = problemIn(answer);
  if (problem !== null) return err({ kind: 'problem', problem });
  if (answer.status !== 200 || bare(answer.mediaType) !== route.answer.mediaType) return err({ kind: 'malformed' });
  const read = route.answer.read(answer.body);
  return read.ok ? ok(read.value) : err({ kind: read.error });
}
