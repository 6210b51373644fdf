import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECKOUT } from './checkout.ts';
import { runProgram } from './run-program.ts';

const CONFIG = join(CHECKOUT, 'dependency-cruiser.config.mjs');

/** A file that breaks a rule, with what it imports; every target that is a path is made too. */
const VIOLATIONS: Readonly<Record<string, readonly [file: string, imports: string]>> = {
  'no-circular': ['main/agent/home/a.ts', './b.ts'],
  'no-unresolvable': ['main/agent/home/lost.ts', './nowhere.ts'],
  'shared-is-the-core': ['shared/mail/up.ts', '../../main/agent/index.ts'],
  'shared-has-no-node': ['shared/mail/node.ts', 'node:fs'],
  'shared-has-platform-free-libraries': ['shared/mail/library.ts', 'env-paths'],
  'suite-1-in-one-module': ['shared/mail/encoding.ts', 'cborg'],
  'verifying-by-the-public-door': ['shared/mesh-api/sealed.ts', '../sealing/entry-seal.ts'],
  'service-can-not-open': ['service/round-about.ts', '../shared/catalog/opening.ts'],
  'service-comes-in-by-one-door': ['main/agent/account/service.ts', '../../../service/index.ts'],
  'files-are-only-files': ['main/files/meaning.ts', '../agent/home/state.ts'],
  'agent-knows-no-face': ['main/agent/face.ts', '../cli/main.ts'],
  'no-electron-in-agent': ['main/agent/electron.ts', 'electron'],
  'faces-use-the-front-door': ['main/cli/back-door.ts', '../agent/home/state.ts'],
  'page-knows-the-contract-only': ['renderer/state/agent.ts', '../../main/agent/index.ts'],
  'page-has-no-node': ['renderer/state/node.ts', 'node:fs'],
  'product-does-not-import-tests': ['service/test.ts', '../e2e/harness/index.ts'],
  'test-support-stays-in-tests': ['main/agent/home/support.ts', './testing/some.ts'],
  'product-runs-on-its-own-dependencies': ['main/agent/development.ts', 'fast-check'],
  'tests-know-no-benchmark': ['e2e/harness/bench.ts', '../../bench/main.ts'],
  'clients-by-their-contract': ['main/agent/mailboxes/client.ts', '../mail-clients/thunderbird/index.ts'],
  'clients-do-what-they-are-told': ['main/agent/mail-clients/thunderbird/state.ts', '../../home/state.ts'],
  'certificates-stand-alone': ['main/agent/certificates/state.ts', '../home/state.ts'],
  'x509-in-one-module': ['main/agent/people/x509.ts', '@peculiar/x509'],
  'keytar-in-one-module': ['main/agent/home/keytar.ts', 'keytar'],
};

const INNOCENT: readonly (readonly [file: string, imports: string])[] = [
  ['main/agent/innocent.ts', '@endymail/shared/mail'],
  ['main/cli/innocent.ts', '../agent/index.ts'],
  ['main/agent/mesh/embedded.ts', '../../../service/index.ts'],
  ['main/agent/certificates/innocent.ts', '@peculiar/x509'],
  ['shared/mail/innocent.ts', 'valibot'],
  ['shared/sealing/innocent.ts', 'cborg'],
  ['shared/catalog/innocent.ts', '../sealing/entry-seal.ts'],
  ['shared/identity/making/innocent.ts', '../../sealing/entry-seal.ts'],
  ['service/innocent.ts', '@endymail/shared/sealing/public'],
  ['main/agent/home/testing/innocent.ts', 'fast-check'],
  ['renderer/state/innocent.ts', '@endymail/shared/mail'],
];

const Cruise = v.object({
  summary: v.object({
    violations: v.array(v.object({ from: v.string(), rule: v.object({ name: v.string() }) })),
  }),
});

let folder: string;
let found: readonly { readonly from: string; readonly rule: string }[];

const put = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
};

const library = async (name: string): Promise<void> => {
  await put(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
  await put(`node_modules/${name}/index.js`, '');
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rules-'));
  const libraries = ['valibot', 'cborg', 'env-paths', '@peculiar/x509', 'keytar', 'electron'];
  const dependencies = Object.fromEntries([...libraries, '@endymail/shared'].map((name) => [name, '1.0.0']));
  await Promise.all([...libraries, 'fast-check'].map(library));
  await put('package.json', JSON.stringify({ devDependencies: { 'fast-check': '1.0.0' } }));
  await put('main/package.json', JSON.stringify({ name: '@endymail/main', dependencies }));
  await put(
    'shared/package.json',
    JSON.stringify({
      name: '@endymail/shared',
      exports: { './mail': './mail/index.ts', './sealing/public': './sealing/public.ts' },
      dependencies,
    }),
  );
  await put('service/package.json', JSON.stringify({ name: '@endymail/service', dependencies }));
  await put('renderer/package.json', JSON.stringify({ name: '@endymail/renderer', dependencies }));
  await mkdir(join(folder, 'node_modules/@endymail'), { recursive: true });
  await symlink('../../shared', join(folder, 'node_modules/@endymail/shared'));
  for (const target of ['shared/mail', 'main/agent', 'main/agent/mail-clients/thunderbird', 'e2e/harness', 'service']) {
    await put(`${target}/index.ts`, 'export const one = 1;\n');
  }
  for (const target of ['main/cli/main', 'main/agent/home/state', 'main/agent/home/testing/some', 'bench/main']) {
    await put(`${target}.ts`, 'export const one = 1;\n');
  }
  for (const target of ['public', 'entry-seal']) await put(`shared/sealing/${target}.ts`, 'export const one = 1;\n');
  await put('shared/catalog/opening.ts', "export { one } from '../sealing/entry-seal.ts';\n");
  for (const [file, imports] of [...Object.values(VIOLATIONS), ...INNOCENT]) {
    await put(file, `import * as imported from '${imports}';\nexport const used = imported;\n`);
  }
  await put('main/agent/home/b.ts', "import { used } from './a.ts';\nexport const again = used;\n");

  const cruise = join(CHECKOUT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  await runProgram(
    process.execPath,
    [
      cruise,
      '--config',
      CONFIG,
      '--output-type',
      'json',
      '--output-to',
      'cruise.json',
      'shared',
      'main',
      'service',
      'renderer',
      'e2e',
      'bench',
    ],
    { cwd: folder, env: process.env, limitMs: 60_000 },
  );
  found = v
    .parse(Cruise, JSON.parse(await readFile(join(folder, 'cruise.json'), 'utf8')))
    .summary.violations.map(({ from, rule }) => ({ from, rule: rule.name }));
}, 60_000);

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('the dependency rules', () => {
  it.each(Object.entries(VIOLATIONS))('%s is seen when it is broken', (rule, [file]) => {
    expect(found).toContainEqual({ from: file, rule });
  });

  it('let pass what is allowed, also across workspaces', () => {
    expect(found.filter(({ from }) => from.includes('innocent') || from.includes('embedded'))).toEqual([]);
  });

  it('are all broken here', async () => {
    const Config = v.object({ default: v.object({ forbidden: v.array(v.object({ name: v.string() })) }) });
    const config = v.parse(Config, await import(pathToFileURL(CONFIG).href));
    expect(config.default.forbidden.map(({ name }) => name).sort()).toEqual(Object.keys(VIOLATIONS).sort());
  });
});
