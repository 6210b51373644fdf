import { failure, type Failure, type FailureCode } from '@endymail/shared/result';
import { PROBLEMS, type ProblemCode } from '@endymail/shared/mesh-api';
import type { ServiceFault } from './service-client.ts';

/**
 * What a person is told of each problem that has a sentence of its own; every other one is `mesh-refused`. Also
 * `device-refused`: that a device was removed, only a link proves, and not the word of a service (R33).
 */
const OF_PROBLEM: Readonly<Partial<Record<ProblemCode, FailureCode>>> = Object.freeze({
  'version-unknown': 'mesh-version',
  clock: 'mesh-clock',
  'other-service': 'mesh-certificate',
  'name-unknown': 'account-unknown',
  'account-unknown': 'account-unknown',
  'name-taken': 'account-name-taken',
  'role-missing': 'account-needs-admin',
  'request-unknown': 'request-unknown',
  'too-many': 'mesh-busy',
  'requests-full': 'mesh-busy',
  'too-slow': 'mesh-offline',
  unavailable: 'mesh-offline',
  'account-full': 'mesh-full',
  'service-full': 'mesh-full',
});

/** The failure that a call to the service ended with. */
export function meshFailure(fault: ServiceFault): Failure {
  switch (fault.kind) {
    case 'carry':
      switch (fault.fault.kind) {
        case 'offline':
          return failure('mesh-offline', undefined, fault.fault.detail);
        case 'certificate':
          return failure('mesh-certificate', undefined, fault.fault.detail);
        case 'other-key':
          return failure('service-certificate-changed', undefined, fault.fault.detail);
        case 'malformed':
          return failure('mesh-malformed', undefined, fault.fault.detail);
        case 'not-ready':
          return fault.fault.failure;
        case 'no-key':
          return failure('internal', undefined, fault.fault.detail);
      }
      break;
    case 'problem': {
      const { code } = fault.problem;
      return failure(OF_PROBLEM[code] ?? 'mesh-refused', undefined, `${code}: ${PROBLEMS[code].detail}`);
    }
    case 'malformed':
      return failure('mesh-malformed');
    case 'newer':
      return failure('mesh-version');
  }
}

/** Whether a service said no with this code. */
export const isProblem = (fault: ServiceFault, code: ProblemCode): boolean =>
  fault.kind === 'problem' && fault.problem.code === code;
