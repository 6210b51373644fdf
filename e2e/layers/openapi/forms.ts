import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { COUNT_TEXT, NAME_TEXT, REQUEST_TEXT, SEQUENCE_TEXT } from '../../../shared/mesh-api/fields.ts';
import { ACCOUNT_TEXT, WIRE_LIMITS } from '@endymail/shared/mesh-api';
import * as payloads from '../../../shared/mesh-api/payloads.ts';
import { CHECKOUT } from '../checkout.ts';

/** A piece of an OpenAPI document. */
export type Piece = Readonly<Record<string, unknown>>;

const SOURCE = join(CHECKOUT, 'shared', 'mesh-api', 'payloads.ts');

const base64Url = (bytes: number): Piece => {
  const chars = Math.ceil((bytes * 4) / 3);
  return { type: 'string', pattern: `^[A-Za-z0-9_-]{${chars}}$`, description: `${bytes} bytes in base64url.` };
};

/** What a value in a path or query looks like, by its form. */
const TEXTS: ReadonlyMap<unknown, Piece> = new Map<unknown, Piece>([
  [ACCOUNT_TEXT, base64Url(64)],
  [SEQUENCE_TEXT, base64Url(16)],
  [REQUEST_TEXT, base64Url(32)],
  [NAME_TEXT, { type: 'string', pattern: '^[a-z0-9]([a-z0-9_-]|\\.(?=[a-z0-9_-]))*$', maxLength: 64 }],
  [COUNT_TEXT, { type: 'integer', minimum: 0, maximum: WIRE_LIMITS.sequenceMaxEntries }],
]);

/** The JSON documents, which their forms do not describe. */
const DOCUMENTS: ReadonlyMap<unknown, Piece> = new Map<unknown, Piece>([
  [
    payloads.WELL_KNOWN,
    strictObject({
      v: { const: 1 },
      service: { type: 'string', maxLength: 64 },
      api: { type: 'string', format: 'uri', maxLength: 512 },
    }),
  ],
  [payloads.STATUS, strictObject({ status: { enum: ['ok', 'unavailable'] } })],
]);

function strictObject(properties: Piece): Piece {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

/** Throws for a form that has no description here. */
export function textSchema(form: unknown): Piece {
  const schema = TEXTS.get(form);
  if (schema === undefined) throw new TypeError('A form of a path or query that is not described');
  return schema;
}

interface Body {
  readonly mediaType: string | null;
  readonly maxBytes: number;
}

/** What describes bodies: their names, and what the comments at their definitions say of their fields. */
export async function bodySchemas(): Promise<(form: Body) => { readonly name: string; readonly schema: Piece }> {
  const source = await readFile(SOURCE, 'utf8');
  const comments = new Map(
    [...source.matchAll(/\/\*\*((?:(?!\*\/)[^])*)\*\/\nexport const (\w+) = (?:payload|json|encoded)\(/g)].map(
      ([, comment = '', name = '']) => [name, comment.replaceAll(/\s*\n \* /g, ' ').trim()],
    ),
  );
  const names = new Map<unknown, string>(Object.entries(payloads).map(([name, form]) => [form, name]));
  return (form) => {
    const name = names.get(form) ?? '';
    const description = comments.get(name);
    if (description === undefined) throw new TypeError(`A body that no comment describes: ${name}`);
    const document = DOCUMENTS.get(form);
    const schema =
      document ?? (form.mediaType === 'application/cbor' ? { contentMediaType: form.mediaType } : undefined);
    if (schema === undefined) throw new TypeError(`A body of JSON that is not described: ${name}`);
    return { name, schema: { ...schema, description, 'x-max-bytes': form.maxBytes } };
  };
}
