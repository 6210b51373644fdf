import * as v from 'valibot';
import { err, ok, type Result } from '@endymail/shared/result';
import { SERVICE_LIMITS, type ServiceLimits } from '../admission/limits.ts';

/** Where the service listens unless told otherwise. */
export const DEFAULT_PORT = 4_433;
const DEFAULT_HOST = '127.0.0.1';

const ADDRESS = v.union([v.pipe(v.string(), v.ip()), v.literal('localhost')]);
const PORT = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535));
const PATH = v.pipe(v.string(), v.nonEmpty());
const ORIGIN = v.pipe(v.string(), v.check(isOrigin, 'not of the form https://name or https://name:port'));

const limitSchemas = Object.fromEntries(
  Object.keys(SERVICE_LIMITS).map((name) => [name, v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)))]),
);

/** The configuration file, in JSON. What is not named here is refused. */
const CONFIG = v.strictObject({
  data: v.optional(PATH),
  listen: v.optional(v.strictObject({ host: v.optional(ADDRESS), port: v.optional(PORT) })),
  publicUrl: v.optional(ORIGIN),
  tls: v.optional(v.strictObject({ certificateFile: PATH, keyFile: PATH })),
  trustedProxies: v.optional(v.array(v.pipe(v.string(), v.ip()))),
  metrics: v.optional(v.strictObject({ host: v.optional(ADDRESS), port: PORT })),
  log: v.optional(v.picklist(['requests', 'none'])),
  limits: v.optional(v.strictObject(limitSchemas)),
});

type Written = v.InferOutput<typeof CONFIG>;

/** What the service is told, complete. */
export interface Config {
  /** Null: where the system keeps such data. */
  readonly data: string | null;
  readonly listen: { readonly host: string; readonly port: number };
  readonly publicUrl: string | null;
  readonly tls: { readonly certificateFile: string; readonly keyFile: string } | null;
  readonly trustedProxies: readonly string[];
  /** Where metrics are told; null: nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | null;
  readonly log: 'requests' | 'none';
  readonly limits: Partial<ServiceLimits>;
}

/** The environment, which overrides the file. */
const VARIABLES: Readonly<Record<string, (value: string) => unknown>> = Object.freeze({
  ENDYMAIL_MESH_DATA: (data) => ({ data }),
  ENDYMAIL_MESH_HOST: (host) => ({ listen: { host } }),
  ENDYMAIL_MESH_PORT: (port) => ({ listen: { port: /^\d{1,5}$/.test(port) ? Number(port) : -1 } }),
  ENDYMAIL_MESH_PUBLIC_URL: (publicUrl) => ({ publicUrl }),
  ENDYMAIL_MESH_TRUSTED_PROXIES: (list) => ({ trustedProxies: list.split(',').map((address) => address.trim()) }),
  ENDYMAIL_MESH_LOG: (log) => ({ log }),
});

/** Where the file is, for which there is a parameter too. */
export const CONFIG_VARIABLE = 'ENDYMAIL_MESH_CONFIG';
const PREFIX = 'ENDYMAIL_MESH_';

/**
 * Reads the configuration from what a file says (null: there is none) and from the environment. Errors: a sentence that
 * names what is wrong.
 */
export function readConfig(
  file: string | null,
  env: Readonly<Record<string, string | undefined>>,
): Result<Config, string> {
  const document = file === null ? {} : parseJson(file);
  if (document === undefined) return err('The configuration file is not JSON.');
  const written = v.safeParse(CONFIG, document);
  if (!written.success) return err(`In the configuration file, ${sentence(written.issues)}`);
  let config: Written = written.output;
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith(PREFIX) || name === CONFIG_VARIABLE || value === undefined) continue;
    const variable = VARIABLES[name];
    if (variable === undefined) return err(`There is no variable ${name}.`);
    const parsed = v.safeParse(CONFIG, variable(value));
    if (!parsed.success) return err(`In the variable ${name}, ${sentence(parsed.issues)}`);
    config = { ...config, ...parsed.output, listen: { ...config.listen, ...parsed.output.listen } };
  }
  return ok({
    data: config.data ?? null,
    listen: { host: config.listen?.host ?? DEFAULT_HOST, port: config.listen?.port ?? DEFAULT_PORT },
    publicUrl: config.publicUrl ?? null,
    tls: config.tls ?? null,
    trustedProxies: config.trustedProxies ?? [],
    metrics:
      config.metrics === undefined ? null : { host: config.metrics.host ?? DEFAULT_HOST, port: config.metrics.port },
    log: config.log ?? 'requests',
    limits: config.limits ?? {},
  });
}

function sentence(issues: readonly v.BaseIssue<unknown>[]): string {
  const [issue] = issues;
  if (issue === undefined) return 'something is wrong.';
  const path = v.getDotPath(issue) ?? 'the whole';
  if (issue.type === 'strict_object' && issue.expected === 'never') return `"${path}" is unknown.`;
  return `"${path}" is wrong: ${issue.message}.`;
}

function isOrigin(text: string): boolean {
  return /^https?:\/\/[^/?#@]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
