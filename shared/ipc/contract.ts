import * as v from 'valibot';
import { err, failure, ok, type Failure, type Result } from '../result/index.ts';
import { failureSchema } from './schemas/failure.ts';

/**
 * The mechanism of every border inside Endymail (page ↔ shell, agent ↔ its clients): one contract object, from which
 * both ends and the doubles of the tests are derived. Arguments and answers are validated on both sides; what a schema
 * does not name does not cross; errors cross as values.
 */
export interface Call<Args extends ArgsSchema = ArgsSchema, Value extends AnySchema = AnySchema> {
  /** What the caller gives. A schema may turn it into something else for the handler (text into `Redacted`). */
  readonly args: Args;
  /** What comes back where it went well. */
  readonly value: Value;
}

type AnySchema = v.GenericSchema;
type ArgsSchema = v.StrictTupleSchema<readonly v.GenericSchema[], undefined>;

/** Calls by their names. */
export type Contract = Readonly<Record<string, Call>>;

/** What the other end tells by itself, by name. */
export type Events = Readonly<Record<string, AnySchema>>;

/** Defines one call: the schemas of its arguments, and that of its value. */
export function call<const Args extends readonly v.GenericSchema[], const Value extends AnySchema>(
  args: Args,
  value: Value,
): Call<v.StrictTupleSchema<Args, undefined>, Value> {
  return Object.freeze({ args: v.strictTuple(args), value });
}

/** The caller's end of a contract. */
export type Client<C extends Contract> = {
  readonly [Name in keyof C]: (
    ...args: v.InferInput<C[Name]['args']>
  ) => Promise<Result<v.InferOutput<C[Name]['value']>, Failure>>;
};

/**
 * The answering end of a contract; `Context` is what the transport knows of the call (progress, window). A value crosses
 * as it is (no schema of one transforms), so the type of what arrives is that of what is given, lists that nobody may
 * change included.
 */
export type Handlers<C extends Contract, Context = void> = {
  readonly [Name in keyof C]: (
    args: v.InferOutput<C[Name]['args']>,
    context: Context,
  ) => Promise<Result<v.InferOutput<C[Name]['value']>, Failure>>;
};

/** The payload of one event. */
export type EventOf<E extends Events, Name extends keyof E> = v.InferOutput<E[Name]>;

/** Carries a call to the other end and brings the answer, whatever it is. Rejects only where there is no other end. */
export type Carry = (name: string, args: readonly unknown[]) => Promise<unknown>;

/**
 * Derives the caller's end. A call that the contract would refuse is a bug of the caller and throws; an answer that the
 * contract does not allow is not believed: `answer-malformed`.
 */
export function clientOf<C extends Contract>(contract: C, carry: Carry): Client<C> {
  const entries = Object.entries(contract).map(([name, spec]) => {
    const answerSchema = resultSchema(spec.value);
    const ask = async (...args: readonly unknown[]): Promise<Result<unknown, Failure>> => {
      if (!v.safeParse(spec.args, args).success) throw new TypeError(`Wrong arguments for the call ${name}.`);
      const answer = v.safeParse(answerSchema, await carry(name, args));
      return answer.success
        ? answer.output
        : err(failure('answer-malformed', undefined, issuesOf(name, answer.issues)));
    };
    return [name, ask] as const;
  });
  // The mapped type says of each name what the loop does for all of them.
  return Object.freeze(Object.fromEntries(entries)) as Client<C>;
}

/** Answers one call as it came over the border. */
export type Answer<Context> = (name: unknown, args: unknown, context: Context) => Promise<Result<unknown, Failure>>;

/**
 * Derives the answering end. Errors: `call-malformed` (no such call, or arguments that the contract does not allow);
 * what a handler throws becomes `internal`, without its text, which may quote what it stumbled over.
 */
export function answering<C extends Contract, Context = void>(
  contract: C,
  handlers: Handlers<C, Context>,
): Answer<Context> {
  return async (name, args, context) => {
    if (typeof name !== 'string' || !Object.hasOwn(contract, name)) return err(failure('call-malformed'));
    const spec = contract[name];
    const handler = handlers[name];
    if (spec === undefined || handler === undefined) return err(failure('call-malformed'));
    const parsed = v.safeParse(spec.args, args);
    if (!parsed.success) return err(failure('call-malformed', undefined, issuesOf(name, parsed.issues)));
    try {
      const answer = v.safeParse(resultSchema(spec.value), await handler(parsed.output, context));
      return answer.success ? answer.output : err(failure('internal', undefined, issuesOf(name, answer.issues)));
    } catch (error) {
      return err(failure('internal', undefined, whereOf(error)));
    }
  };
}

function resultSchema(value: AnySchema) {
  return v.variant('ok', [
    v.object({ ok: v.literal(true), value }),
    v.object({ ok: v.literal(false), error: failureSchema }),
  ]);
}

/** Where something did not fit, never what stood there. */
function issuesOf(name: string, issues: readonly v.BaseIssue<unknown>[]): string {
  const places = issues.slice(0, 5).map((issue) => `${v.getDotPath(issue) ?? '(whole)'}: ${issue.type}`);
  return [name, ...places].join('\n');
}

/** Where a mistake of ours showed. Never its message: that may quote what it stumbled over. */
export function whereOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames].join('\n');
}

/** An event as it came over the border; null where the contract does not allow it. */
export function parseEvent<E extends Events, Name extends keyof E & string>(
  events: E,
  name: Name,
  payload: unknown,
): Result<EventOf<E, Name>, null> {
  const schema = events[name];
  if (schema === undefined) return err(null);
  const parsed = v.safeParse(schema, payload);
  // The schema of this name is what `EventOf` is computed from.
  return parsed.success ? ok(parsed.output as EventOf<E, Name>) : err(null);
}
