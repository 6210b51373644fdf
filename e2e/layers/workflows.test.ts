import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CHECKOUT } from './checkout.ts';

const FOLDER = join(CHECKOUT, '.github', 'workflows');

const Permissions = v.record(v.string(), v.picklist(['read', 'write']));
const Step = v.looseObject({
  uses: v.optional(v.string()),
  run: v.optional(v.string()),
  with: v.optional(v.record(v.string(), v.unknown()), {}),
  env: v.optional(v.record(v.string(), v.string()), {}),
});
const Job = v.looseObject({
  permissions: Permissions,
  uses: v.optional(v.string()),
  'timeout-minutes': v.optional(v.number()),
  steps: v.optional(v.array(Step), []),
});
const Workflow = v.looseObject({
  on: v.record(v.string(), v.unknown()),
  permissions: v.strictObject({}),
  concurrency: v.looseObject({ group: v.string() }),
  jobs: v.record(v.string(), Job),
});

const Scripts = v.object({ scripts: v.record(v.string(), v.string()) });
const { scripts } = v.parse(Scripts, JSON.parse(readFileSync(join(CHECKOUT, 'package.json'), 'utf8')));

/** What a job may do beyond reading the checkout. */
const RIGHTS: Readonly<Record<string, Readonly<Record<string, 'read' | 'write'>>>> = {
  'release.yml/draft': { contents: 'write' },
};

const files = readdirSync(FOLDER).sort();
const workflows = files.map((file) => {
  const text = readFileSync(join(FOLDER, file), 'utf8');
  return { file, text, ...v.parse(Workflow, parse(text)) };
});
const jobs = workflows.flatMap(({ file, jobs: all }) =>
  Object.entries(all).map(([name, job]) => ({ path: `${file}/${name}`, job })),
);
const steps = jobs.flatMap(({ path, job }) => job.steps.map((step) => ({ path, step })));
const commands = steps.flatMap(({ path, step }) => (step.run === undefined ? [] : [{ path, run: step.run }]));

const secretsIn = (text: string): readonly string[] => text.match(/\bsecrets\.\w+/g) ?? [];

describe('the workflows of the forge', () => {
  it('are these', () => {
    expect(files).toEqual(['ci.yml', 'release.yml']);
    expect(commands.length).toBeGreaterThan(10);
  });

  it('[SEC-62] give each job the rights that it needs, and none to the workflow', () => {
    expect(Object.fromEntries(jobs.map(({ path, job }) => [path, job.permissions]))).toEqual(
      Object.fromEntries(jobs.map(({ path }) => [path, RIGHTS[path] ?? { contents: 'read' }])),
    );
  });

  it('[SEC-62] are never started with the rights of the project by what a stranger proposes', () => {
    const events = workflows.flatMap(({ on }) => Object.keys(on));
    expect(new Set(events)).toEqual(new Set(['push', 'pull_request', 'workflow_call']));
  });

  it('[SEC-62] put nothing into a command but what the shell takes from its environment', () => {
    expect(commands.filter(({ run }) => run.includes('${{'))).toEqual([]);
  });

  it('[SEC-62] hand secrets to the step that signs alone, and print none of them', () => {
    const holders = steps.filter(({ step }) => secretsIn(JSON.stringify(step)).length > 0);
    expect(holders.map(({ path }) => path)).toEqual(['release.yml/installers']);
    const [signing] = holders.map(({ step }) => step);
    const inEnvironment = Object.values(signing!.env).flatMap(secretsIn);
    const inAll = workflows.flatMap(({ text }) => secretsIn(text));
    expect(inAll).toEqual(inEnvironment);
    const names = Object.entries(signing!.env).flatMap(([name, value]) => (secretsIn(value).length > 0 ? name : []));
    const printing = signing!.run!.split('\n').filter((line) => /\b(echo|printf|env|set -x|cat)\b/.test(line));
    expect(printing).toEqual([]);
    expect(names.filter((name) => signing!.run!.includes(`$${name}`))).toEqual([]);
  });

  it('[SEC-62] leave no token of the forge in the checkout', () => {
    const checkouts = steps.filter(({ step }) => step.uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBeGreaterThan(2);
    expect(checkouts.filter(({ step }) => step.with['persist-credentials'] !== false)).toEqual([]);
  });

  it('[SEC-62] use actions by the digest of a commit, each in one release', () => {
    const used = steps.flatMap(({ step }) => step.uses ?? []);
    expect(used.filter((name) => !/^actions\/[a-z-]+@[0-9a-f]{40}$/.test(name))).toEqual([]);
    const names = new Set(used.map((name) => name.split('@')[0]));
    expect(new Set(used).size).toBe(names.size);
    const called = jobs.flatMap(({ job }) => job.uses ?? []);
    expect(called).toEqual(['./.github/workflows/ci.yml']);
  });

  it('end by themselves', () => {
    expect(
      jobs.filter(({ job }) => job.uses === undefined && job['timeout-minutes'] === undefined).map(({ path }) => path),
    ).toEqual([]);
  });

  it('call scripts and programs that there are', () => {
    const all = commands.map(({ run }) => run).join('\n');
    const called = [...all.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(called.length).toBeGreaterThan(3);
    expect(called.filter((name) => !(name in scripts))).toEqual([]);
    expect(all).toMatch(/\bnpm test$/m);
    expect(scripts['test']).toBeDefined();
    const programs = [...all.matchAll(/\bnpx --no-install ([\w-]+)/g)].map(([, name = '']) => name);
    expect(programs.filter((name) => !existsSync(join(CHECKOUT, 'node_modules', '.bin', name)))).toEqual([]);
    expect(/\bnpx (?!--no-install )/.test(all)).toBe(false);
  });
});
