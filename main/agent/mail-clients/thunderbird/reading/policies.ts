import path from 'node:path';
import * as v from 'valibot';
import { failure, type Failure } from '@endymail/shared/result';
import type { PrefValue } from '@endymail/shared/mail';
import { parseJson } from '../../../../files/decode.ts';
import type { AdministrationFolders } from './administration.ts';
import { readBoundedText } from './bounded-file.ts';
import type { PrefOverride } from './effective-prefs.ts';
import { POLICIES_MAX_BYTES } from './limits.ts';

interface Read {
  readonly overrides: readonly PrefOverride[];
  readonly problems: readonly Failure[];
}

/**
 * Reads the `Preferences` of `policies.json`: the system's file, or the one of the installation where there is none
 * (EnterprisePoliciesParent.sys.mjs). Windows' group policies and macOS' managed preferences are not read.
 */
export async function readPolicies({ system, installation }: AdministrationFolders): Promise<Read> {
  const files = [
    ...(system === null ? [] : [path.join(system, 'policies', 'policies.json')]),
    ...(installation === null ? [] : [path.join(installation, 'distribution', 'policies.json')]),
  ];
  for (const file of files) {
    const text = await readBoundedText(file, POLICIES_MAX_BYTES);
    if (!text.ok) return { overrides: [], problems: [text.error] };
    if (text.value !== null) return parsePolicies(text.value, file);
  }
  return { overrides: [], problems: [] };
}

const policyValueSchema = v.union([v.string(), v.boolean(), v.pipe(v.number(), v.integer())]);
const preferencesSchema = v.object({
  policies: v.object({ Preferences: v.optional(v.record(v.string(), v.unknown()), {}) }),
});
const preferenceSchema = v.union([
  v.object({ Status: v.literal('clear') }),
  v.object({ Status: v.optional(v.picklist(['default', 'locked', 'user'])), Value: policyValueSchema }),
]);

function parsePolicies(text: string, file: string): Read {
  const parsed = v.safeParse(preferencesSchema, parseJson(text));
  if (!parsed.success) {
    // Thunderbird reports it and goes on without policies.
    return { overrides: [], problems: [failure('profile-malformed', `${file} is damaged.`)] };
  }
  const overrides = Object.entries(parsed.output.policies.Preferences).flatMap(([name, setting]) =>
    toOverride(name, setting),
  );
  return { overrides, problems: [] };
}

/** Policies.sys.mjs, Preferences. A setting that Thunderbird would not understand is not applied by it either. */
function toOverride(name: string, setting: unknown): readonly PrefOverride[] {
  const bare = v.safeParse(policyValueSchema, setting);
  if (bare.success) return [{ name, value: asPref(name, bare.output), effect: 'locked', by: 'policy' }];
  const full = v.safeParse(preferenceSchema, setting);
  if (!full.success) return [];
  const { output } = full;
  if (!('Value' in output)) return [{ name, value: null, effect: 'clear', by: 'policy' }];
  return [{ name, value: asPref(name, output.Value), effect: output.Status ?? 'default', by: 'policy' }];
}

/** 0 and 1 set a boolean pref where there is no integer pref of this name already (for Windows, bug 1666836). */
function asPref(name: string, value: string | boolean | number): PrefValue {
  const isSwitch = /^mail\.e2ee\.auto_(enable|disable)$/.test(name);
  return isSwitch && (value === 0 || value === 1) ? value === 1 : value;
}
