import path from 'node:path';
import type { Failure } from '@endymail/shared/result';
import type { System } from '../../../system.ts';
import { readAutoconfig } from './autoconfig.ts';
import type { PrefOverride } from './effective-prefs.ts';
import { readPolicies } from './policies.ts';
import { readProgramDefaults } from './program-defaults.ts';

/** Where an administrator's settings are. */
export interface AdministrationFolders {
  /** The system's own folder for Thunderbird, with `policies` and `pref` in it; null where there is none. */
  readonly system: string | null;
  /** The program's folder; null when it is not known. */
  readonly installation: string | null;
}

/** What an administrator says of prefs, before and after the person's own are read. */
export interface Administration {
  readonly before: readonly PrefOverride[];
  readonly after: readonly PrefOverride[];
  /** What could not be read. */
  readonly problems: readonly Failure[];
}

/**
 * Reads an administrator's settings: defaults (some locked) come before `prefs.js` and `user.js`, the autoconfig file
 * and then the policies after them.
 */
export async function readAdministration({ system, installation }: AdministrationFolders): Promise<Administration> {
  const defaults = await readProgramDefaults([
    ...(installation === null ? [] : [path.join(installation, 'defaults', 'pref')]),
    ...(system === null ? [] : [path.join(system, 'pref')]),
  ]);
  const file = {
    name: defaults.get('general.config.filename'),
    obscureValue: defaults.get('general.config.obscure_value'),
  };
  const autoconfig = installation === null ? NOTHING : await readAutoconfig(installation, file);
  const policies = await readPolicies({ system, installation });
  return {
    before: defaults.overrides,
    after: [...autoconfig.overrides, ...policies.overrides],
    problems: [...defaults.problems, ...autoconfig.problems, ...policies.problems],
  };
}

const NOTHING = { overrides: [], problems: [] } as const;

/** EnterprisePoliciesParent.sys.mjs: the folder SysConfD is /etc/<program>; only Linux has it. */
export function systemFolder(system: System): string | null {
  return system.platform === 'win32' || system.platform === 'darwin' ? null : '/etc/thunderbird';
}
