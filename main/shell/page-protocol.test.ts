import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PAGE_HEADERS, PAGE_PRIVILEGES, servePage } from './page-protocol.ts';

let root = '';
let serve: (request: Request) => Promise<Response>;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'endymail-page-'));
  const folder = join(root, 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(root, 'secret.png'), 'not of the page');
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'assets', 'app.js'), 'run()');
  writeFileSync(join(folder, 'assets', 'app.js.map'), '{}');
  symlinkSync(join(root, 'secret.png'), join(folder, 'assets', 'linked.png'));
  serve = servePage(folder);
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** A request as Electron makes it: `Request` itself parses `app:` as it parses any scheme. */
const get = (url: string, method = 'GET'): Promise<Response> => serve(new Request(url, { method }));

it('[SEC-50] the page has a scheme of its own, which is a secure origin, and nothing that a server would have', () => {
  expect(PAGE_PRIVILEGES).toEqual({
    scheme: 'app',
    privileges: { standard: true, secure: true, supportFetchAPI: true },
  });
});

it('serves the files of the bundle as what they are', async () => {
  const page = await get('app://endymail/index.html');
  expect([page.status, page.headers.get('content-type'), await page.text()]).toEqual([
    200,
    'text/html; charset=utf-8',
    '<!doctype html>',
  ]);
  const script = await get('app://endymail/assets/app.js?v=1');
  expect([script.headers.get('content-type'), await script.text()]).toEqual([
    'text/javascript; charset=utf-8',
    'run()',
  ]);
  expect(await (await get('app://endymail/assets/app.js', 'HEAD')).text()).toBe('');
});

it.each([
  'app://endymail/',
  'app://endymail/other.html',
  'app://endymail/../secret.png',
  'app://endymail/assets/..%2f..%2fsecret.png',
  'app://endymail/assets/..%5c..%5csecret.png',
  'app://endymail/%2e%2e/secret.png',
  'app://endymail//index.html',
  'app://endymail/index.html%00.png',
  'app://endymail/assets/linked.png',
  'app://endymail/assets/app.js.map',
  'app://endymail/toString',
  'app://other/index.html',
  'app://endymail.example/index.html',
  'https://endymail/index.html',
])('[SEC-51] %s is no file of the page', async (url) => {
  const answer = await get(url);
  expect([answer.status, await answer.text()]).toEqual([404, '']);
});

it('[SEC-51] takes nothing', async () => {
  for (const method of ['POST', 'PUT', 'DELETE'])
    expect((await get('app://endymail/index.html', method)).status).toBe(405);
});

it('[SEC-52] every answer, also a refusal, says what the page may do: run its own files, and reach nothing', async () => {
  for (const url of ['app://endymail/index.html', 'app://endymail/none']) {
    const { headers } = await get(url);
    for (const [name, value] of Object.entries(PAGE_HEADERS)) expect(headers.get(name)).toBe(value);
  }
  const policy = new Map(
    (PAGE_HEADERS['content-security-policy'] ?? '').split('; ').map((rule) => {
      const [name = '', ...values] = rule.split(' ');
      return [name, values.join(' ')];
    }),
  );
  expect(Object.fromEntries(policy)).toEqual({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self' data:",
    'font-src': "'self'",
    'connect-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
    'require-trusted-types-for': "'script'",
    'trusted-types': "'none'",
  });
  expect(PAGE_HEADERS).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
});
