import { expect, it } from 'vitest';
import { PROBLEMS, type ProblemCode } from '@endymail/shared/mesh-api';
import { isProblem, meshFailure } from './mesh-failure.ts';
import type { ServiceFault } from './service-client.ts';

const problem = (code: ProblemCode): ServiceFault => ({ kind: 'problem', problem: { code } });
const carry = (kind: 'offline' | 'certificate' | 'malformed' | 'no-key'): ServiceFault => ({
  kind: 'carry',
  fault: { kind, detail: 'the system says why' },
});

it('has one for whatever keeps a call from being answered', () => {
  expect(meshFailure(carry('offline'))).toMatchObject({ code: 'mesh-offline', detail: 'the system says why' });
  expect(meshFailure(carry('certificate')).code).toBe('mesh-certificate');
  expect(meshFailure(carry('malformed')).code).toBe('mesh-malformed');
  expect(meshFailure(carry('no-key')).code).toBe('internal');
  expect(meshFailure({ kind: 'malformed' }).code).toBe('mesh-malformed');
  expect(meshFailure({ kind: 'newer' }).code).toBe('mesh-version');
});

it('has one for every problem of a service, and keeps which it was', () => {
  for (const code of Object.keys(PROBLEMS) as ProblemCode[]) {
    const made = meshFailure(problem(code));
    expect(made.code, code).toMatch(/^(mesh|account|request)-/);
    expect(made.detail).toContain(code);
  }
  expect(meshFailure(problem('device-refused')).code).toBe('mesh-refused');
  expect(meshFailure(problem('too-many')).code).toBe('mesh-busy');
  expect(meshFailure(problem('entry-refused')).code).toBe('mesh-refused');
});

it('tells one problem from another, and from what is none', () => {
  expect(isProblem(problem('chain-moved'), 'chain-moved')).toBe(true);
  expect(isProblem(problem('sequence-moved'), 'chain-moved')).toBe(false);
  expect(isProblem(carry('offline'), 'chain-moved')).toBe(false);
});
