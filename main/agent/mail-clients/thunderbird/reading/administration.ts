import path from 'node:path';
import type { Failure } from '@endymail/shared/result';
import type { System } from '../../../system.ts';
import { readAutoconfig } from './autoconfig.ts';
import type { PrefOverride } from './effective-prefs.ts';
import { readPolicies } from './policies.ts';

/** Where an administrator's settings are. */
export interface AdministrationFolders {
  /** The system's policies folder; null where there is none. It wins over `installation`. */
  readonly policies: string | null;
  /** The program's folder; null when it is not known. */
  readonly installation: string | null;
}

/** What an administrator fixes, in the order in which Thunderbird reads it; what could not be read is in `problems`. */
export async function readAdministration(folders: AdministrationFolders): Promise<{
  readonly overrides: readonly PrefOverride[];
  readonly problems: readonly Failure[];
}> {
  // nsXREDirProvider: autoconfig is run while the prefs are read, policies are applied after it.
  const autoconfig = await readAutoconfig(folders.installation);
  const policies = await readPolicies(folders);
  return {
    overrides: [...autoconfig.overrides, ...policies.overrides],
    problems: [...autoconfig.problems, ...policies.problems],
  };
}

/** EnterprisePoliciesParent.sys.mjs: SysConfD is /etc/<program>; only Linux has it. */
export function systemPoliciesFolder(system: System): string | null {
  return system.platform === 'win32' || system.platform === 'darwin'
    ? null
    : path.posix.join('/etc/thunderbird/policies');
}
