import { readFile } from 'node:fs/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import { MESH_API, parseServiceId } from '@endymail/shared/mesh-api';
import { toBase64Url } from '@endymail/shared/sealing';
import { OPENAPI_FILE, openApiDocument, openApiText } from './document.ts';
import { bodySchemas, textSchema } from './forms.ts';

it('is valid OpenAPI 3.1', async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate({ ...(await openApiDocument()) });
  expect([valid, errors]).toEqual([true, undefined]);
  expect(validator.version).toBe('3.1');
});

it('is seen to be invalid where it is', async () => {
  const { valid } = await new Validator().validate({ ...(await openApiDocument()), paths: { health: {} } });
  expect(valid).toBe(false);
});

it('has every call of the contract, and the WebSocket', async () => {
  const text = JSON.stringify(await openApiDocument());
  const named = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, name]) => name);
  expect(named.toSorted()).toEqual([...Object.keys(MESH_API), 'watch'].toSorted());
});

it('describes names, counts and documents as the contract reads them', async () => {
  const { accountOf, readChain, wellKnown, health } = MESH_API;
  const name = new RegExp(String(textSchema(accountOf.params.name)['pattern']));
  for (const text of ['a', 'a.b', 'a_b-c', '9', '', '.a', 'a.', 'a..b', 'A', '-a', 'a b', 'é']) {
    expect([text, name.test(text)]).toEqual([text, accountOf.params.name.read(text) !== null]);
  }
  const account = new RegExp(String(textSchema(readChain.params.account)['pattern']));
  const written = toBase64Url(new Uint8Array(64));
  for (const text of [written, written.slice(1), `${written}=`]) {
    expect([text, account.test(text)]).toEqual([text, readChain.params.account.read(text) !== null]);
  }
  const schemaOf = await bodySchemas();
  const service = parseServiceId(new Uint8Array(16));
  if (service === null) throw new Error('No id');
  for (const [form, bytes] of [
    [wellKnown.answer, wellKnown.answer.write({ service, api: 'http://localhost' })],
    [health.answer, health.answer.write({ status: 'ok' })],
  ] as const) {
    const document = JSON.parse(Buffer.from(bytes).toString()) as Record<string, unknown>;
    expect(schemaOf(form).schema['required']).toEqual(Object.keys(document));
  }
});

it('docs/openapi.json is current (npm run openapi)', async () => {
  expect(await readFile(OPENAPI_FILE, 'utf8')).toBe(await openApiText());
});
