import type { BodyForm, FormFault, TextForm } from './forms.ts';
import type { ProblemCode } from './problems.ts';
import type { Result } from '../result/index.ts';

/** A `TextForm` of whatever. */
export interface AnyTextForm {
  readonly read: (text: string) => unknown;
  readonly write: (value: never) => string;
}

/** A `BodyForm` of whatever. */
export interface AnyBodyForm {
  readonly mediaType: BodyForm<unknown>['mediaType'];
  readonly maxBytes: number;
  readonly read: (bytes: Uint8Array) => Result<unknown, FormFault>;
  readonly write: (value: never) => Uint8Array;
}

export type TextForms = Readonly<Record<string, AnyTextForm>>;

/** One call of the service: everything that both ends must agree on about it. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Segments that begin with a colon are those of `params`. */
  readonly path: `/${string}`;
  /**
   * `device`: by an active device of the account · `member`: so, or by root, which brings an account back · `either`: by
   * a device, or not at all · `none`: nobody signs.
   */
  readonly signed: 'device' | 'member' | 'either' | 'none';
  readonly params: TextForms;
  /** All of them must be there, and nothing else. */
  readonly query: TextForms;
  readonly body: AnyBodyForm;
  readonly answer: AnyBodyForm;
  /** What this call can say no with, beside `EVERY_CALL` and, where it is signed, `SIGNED_CALLS`. */
  readonly problems: readonly ProblemCode[];
}

/** What every call can say no with. */
export const EVERY_CALL = Object.freeze([
  'malformed',
  'version-unknown',
  'origin-refused',
  'host-refused',
  'too-slow',
  'body-too-large',
  'media-type',
  'too-many',
  'headers-too-large',
  'internal',
  'unavailable',
] as const satisfies readonly ProblemCode[]);

/** What a call that a device signs can say no with. */
export const SIGNED_CALLS = Object.freeze([
  'signature-missing',
  'signature-invalid',
  'other-service',
  'clock',
  'replayed',
  'device-refused',
  'account-unknown',
] as const satisfies readonly ProblemCode[]);

type ValuesOf<F extends TextForms> = {
  readonly [Name in keyof F]: F[Name] extends TextForm<infer T> ? T : never;
};

type BodyOf<F> = F extends BodyForm<infer T> ? T : never;

/** What a caller gives: the values of path and query, and the body where there is one. */
export type InputOf<R extends Route> = ValuesOf<R['params']> &
  ValuesOf<R['query']> &
  (R['body'] extends BodyForm<undefined> ? unknown : { readonly body: BodyOf<R['body']> });

/** What comes back where it went well. */
export type AnswerOf<R extends Route> = BodyOf<R['answer']>;

/** The problems that are this call's own. */
export type ProblemOf<R extends Route> = R['problems'][number];

type Values = Readonly<Record<string, unknown>>;

/** The path and query of a call. Throws where a value is missing, which is a bug. */
export function targetOf(route: Pick<Route, 'path' | 'params' | 'query'>, values: Values): string {
  const path = route.path.replace(/:([a-z]+)/g, (_, name: string) => written(route.params[name], values[name]));
  const query = Object.entries(route.query).map(([name, form]) => `${name}=${written(form, values[name])}`);
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

function written(form: AnyTextForm | undefined, value: unknown): string {
  if (form === undefined || value === undefined) throw new TypeError('A call lacks a part of its path or query');
  // What the mapped types of the callers say: this value is of this form.
  return form.write(value as never);
}

/** Reads the values of a path or query; null where one is missing, is not of its form, or has no name here. */
export function readTexts<F extends TextForms>(forms: F, texts: Values): ValuesOf<F> | null {
  const names = Object.keys(forms);
  if (Object.keys(texts).some((name) => !names.includes(name))) return null;
  const values = Object.entries(forms).map(([name, form]) => {
    const text = texts[name];
    return [name, typeof text === 'string' ? form.read(text) : null] as const;
  });
  if (values.some(([, value]) => value === null)) return null;
  // The loop did for every name what the mapped type says of it.
  return Object.fromEntries(values) as ValuesOf<F>;
}
