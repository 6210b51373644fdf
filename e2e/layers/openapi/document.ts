import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import {
  EVERY_CALL,
  MESH_API,
  MESH_WATCH,
  PROBLEM_MEDIA_TYPE,
  PROBLEMS,
  SERVICE_HEADER,
  SIGNED_CALLS,
  type ProblemCode,
  type Route,
} from '@endymail/shared/mesh-api';
import { CHECKOUT } from '../checkout.ts';
import { bodySchemas, textSchema, type Piece } from './forms.ts';

/** Where the document is kept. */
export const OPENAPI_FILE = join(CHECKOUT, 'docs', 'openapi.json');

const SIGNED_HEADERS = ['Signature-Input', 'Signature', SERVICE_HEADER] as const;

/** The calls of the mesh service as an OpenAPI 3.1 document, from the contract that service and client are made of. */
export async function openApiDocument(): Promise<Piece> {
  const { version } = v.parse(
    v.object({ version: v.string() }),
    JSON.parse(await readFile(join(CHECKOUT, 'service', 'package.json'), 'utf8')),
  );
  const schemaOf = await bodySchemas();
  const schemas = new Map<string, Piece>([['Problem', problemSchema()]]);
  const paths: Record<string, Record<string, Piece>> = {};
  const add = ({ method, path }: Pick<Route, 'path'> & { readonly method: string }, operation: Piece): void => {
    const template = path.replaceAll(/:([a-z]+)/g, '{$1}');
    paths[template] = { ...paths[template], [method.toLowerCase()]: operation };
  };

  function content(form: Route['body']): Piece {
    const { name, schema } = schemaOf(form);
    schemas.set(name, schema);
    return { [form.mediaType ?? '']: { schema: { $ref: `#/components/schemas/${name}` } } };
  }

  for (const [operationId, route] of Object.entries<Route>(MESH_API)) {
    add(route, {
      operationId,
      parameters: parametersOf(route),
      ...(route.body.mediaType === null ? {} : { requestBody: { required: true, content: content(route.body) } }),
      responses: {
        200: { description: 'It went well.', content: content(route.answer) },
        ...problemAnswers([...EVERY_CALL, ...(route.signed === 'none' ? [] : SIGNED_CALLS), ...route.problems]),
      },
      security: securityOf(route.signed),
    });
  }
  add(MESH_WATCH, {
    operationId: 'watch',
    description: 'A WebSocket on which hints come as binary messages (docs/protocol.md §8).',
    parameters: parametersOf({ ...MESH_WATCH }),
    responses: {
      101: { description: 'The connection is a WebSocket now.' },
      ...problemAnswers([...EVERY_CALL, ...SIGNED_CALLS]),
    },
    security: securityOf('device'),
  });

  return {
    openapi: '3.1.0',
    info: {
      title: 'Endymail mesh service',
      version,
      description:
        'Keeps and passes on what the devices of an account share, and can read none of it. What the bytes say, and how ' +
        'requests are signed, is in docs/protocol.md; this document is made from shared/mesh-api/contract.ts.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [
      {
        url: '{api}',
        description: 'What `api` of `/.well-known/mesh` says.',
        variables: { api: { default: 'http://localhost:4433' } },
      },
    ],
    paths,
    components: {
      schemas: Object.fromEntries([...schemas].toSorted(([left], [right]) => (left < right ? -1 : 1))),
      securitySchemes: Object.fromEntries(
        SIGNED_HEADERS.map((name) => [
          name,
          {
            type: 'apiKey',
            in: 'header',
            name,
            description: 'HTTP Message Signatures (RFC 9421) in one form: docs/protocol.md §8.',
          },
        ]),
      ),
    },
  };
}

/** The text of the document, as it stands in its file. */
export const openApiText = async (): Promise<string> => `${JSON.stringify(await openApiDocument(), null, 2)}\n`;

function parametersOf({ params, query }: Pick<Route, 'params' | 'query'>): readonly Piece[] {
  const of = (place: 'path' | 'query', forms: Route['params']): readonly Piece[] =>
    Object.entries(forms).map(([name, form]) => ({ name, in: place, required: true, schema: textSchema(form) }));
  return [...of('path', params), ...of('query', query)];
}

function securityOf(signed: Route['signed']): readonly Piece[] {
  const bySignature = Object.fromEntries(SIGNED_HEADERS.map((name) => [name, []]));
  if (signed === 'none') return [];
  return signed === 'either' ? [bySignature, {}] : [bySignature];
}

/** The answers that say no, by status. */
function problemAnswers(codes: readonly ProblemCode[]): Piece {
  const byStatus = Map.groupBy(new Set(codes), (code) => PROBLEMS[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => [
      status,
      {
        description: ofStatus.map((code) => `\`${code}\`: ${PROBLEMS[code].detail}`).join('\n'),
        content: {
          [PROBLEM_MEDIA_TYPE]: {
            schema: {
              allOf: [
                { $ref: '#/components/schemas/Problem' },
                { properties: { code: { enum: ofStatus.toSorted() } } },
              ],
            },
          },
        },
      },
    ]),
  );
}

const problemSchema = (): Piece => ({
  type: 'object',
  description: 'A problem document (RFC 9457) of type about:blank.',
  properties: {
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', enum: Object.keys(PROBLEMS).toSorted() },
    time: { type: 'integer', minimum: 0, description: 'Of `clock`: the time of the service, in seconds since 1970.' },
    retryAfter: { type: 'integer', minimum: 0, description: 'After how many seconds more is taken.' },
  },
  required: ['status', 'detail', 'code'],
});
