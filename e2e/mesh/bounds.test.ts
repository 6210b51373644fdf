import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ok } from '@endymail/shared/result';
import { CHAIN_LIMITS } from '../../shared/identity/limits.ts';
import { codeOf, correspondent, valueOf } from '../../main/agent/testing/world.ts';
import { accountOf, belongingsOf, household, meets, peopleOf, startMesh, type Mesh } from './computer.ts';

let mesh: Mesh;

beforeAll(async () => {
  mesh = await startMesh();
});

afterEach(() => {
  mesh.lying.lies = {};
});

afterAll(() => mesh.stop());

/** So many calls of one sync would mean that it comes to no end. */
const CALLS_MAX = 50;

/** More links than a chain may have. */
const LINKS = 100_000;

/** Ends a test that would not. */
function untilTooMany(): void {
  if (mesh.lying.calls.length > CALLS_MAX) throw new Error('it asks for ever');
}

describe('a service that never comes to an end', () => {
  it('[SEC-95] with a chain of 100,000 links is left, and nothing is taken over (R38)', async () => {
    const { first } = await household(mesh, ['first', 'second']);
    const before = belongingsOf(first);
    const { chainHead } = accountOf(first);
    mesh.lying.calls.length = 0;
    mesh.lying.lies = {
      readChain: (honest) => async (input) => {
        untilTooMany();
        const range = await honest({ ...input, from: 0 });
        if (!range.ok) return range;
        const [link] = range.value.links;
        if (link === undefined) throw new Error('no link');
        return ok({ head: { ...range.value.head, count: LINKS }, links: Array.from({ length: 1_000 }, () => link) });
      },
    };
    expect(codeOf(await first.agent.account.sync())).toBe('mesh-lied');
    expect(belongingsOf(first)).toBe(before);
    expect(accountOf(first).chainHead).toEqual(chainHead);
    expect(CHAIN_LIMITS.links).toBeLessThan(LINKS);
  });

  it('[SEC-95] with keys that it shows again and again is left', async () => {
    const { first, second } = await household(mesh, ['first', 'second']);
    valueOf(await first.agent.account.rotate());
    const before = belongingsOf(second);
    mesh.lying.calls.length = 0;
    mesh.lying.lies = {
      readBundles: (honest) => (input) => {
        untilTooMany();
        return honest({ ...input, from: 0 });
      },
    };
    expect(codeOf(await second.agent.account.sync())).toBe('mesh-lied');
    expect(belongingsOf(second)).toBe(before);
    mesh.lying.lies = {};
    valueOf(await second.agent.account.sync());
  });

  it('[SEC-95] with entries that it shows again and again is left', async () => {
    const { first, second } = await household(mesh, ['first', 'second']);
    await meets(first, await (await correspondent('bob@example.org')).part());
    valueOf(await first.agent.account.sync());
    mesh.lying.calls.length = 0;
    mesh.lying.lies = {
      readEntries: (honest) => async (input) => {
        untilTooMany();
        const range = await honest({ ...input, from: 0 });
        return range.ok ? ok({ ...range.value, head: { ...range.value.head, count: LINKS } }) : range;
      },
    };
    expect(codeOf(await second.agent.account.sync())).toBe('mesh-lied');
    mesh.lying.lies = {};
    valueOf(await second.agent.account.sync());
    expect(peopleOf(second)).toEqual(['bob@example.org']);
  });
});
