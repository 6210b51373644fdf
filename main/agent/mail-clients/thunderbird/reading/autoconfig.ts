import path from 'node:path';
import { failure, type Failure } from '@endymail/shared/result';
import type { PrefValue } from '@endymail/shared/mail';
import { readBoundedFile } from './bounded-file.ts';
import type { PrefOverride } from './effective-prefs.ts';
import { AUTOCONFIG_MAX_BYTES } from './limits.ts';
import { nextToken, type PrefsToken } from './prefs-tokens.ts';

/** Where the administrator's file is, as the program's defaults name it. */
export interface AutoconfigFile {
  /** `general.config.filename`: a file name in the program's folder. */
  readonly name: PrefValue;
  /** `general.config.obscure_value`: what was added to every byte; 0 unless set. */
  readonly obscureValue: PrefValue;
}

/**
 * Reads what an autoconfig file fixes (extensions/pref/autoconfig, nsReadConfig.cpp and prefcalls.js). It is a program;
 * it is not run: every call with a plain name and value is taken as made, in the order in which it stands there.
 */
export async function readAutoconfig(
  installation: string,
  { name, obscureValue }: AutoconfigFile,
): Promise<{ readonly overrides: readonly PrefOverride[]; readonly problems: readonly Failure[] }> {
  if (typeof name !== 'string' || name === '') return { overrides: [], problems: [] };
  if (name !== path.basename(name) || name === '..') {
    return {
      overrides: [],
      problems: [failure('profile-malformed', 'The name of the autoconfig file is not a name.')],
    };
  }
  const bytes = await readBoundedFile(path.join(installation, name), AUTOCONFIG_MAX_BYTES);
  if (!bytes.ok) return { overrides: [], problems: [bytes.error] };
  const shift = typeof obscureValue === 'number' ? obscureValue : OBSCURE_VALUE_DEFAULT;
  const clear = (bytes.value ?? new Uint8Array()).map((byte) => byte - shift);
  return { overrides: prefCalls(new TextDecoder().decode(clear)), problems: [] };
}

/** Thunderbird's all-thunderbird.js; in Firefox it is 13. */
const OBSCURE_VALUE_DEFAULT = 0;

const EFFECTS: Readonly<Record<string, PrefOverride['effect']>> = {
  pref: 'user',
  defaultPref: 'default',
  lockPref: 'locked',
  clearPref: 'clear',
};

function prefCalls(text: string): readonly PrefOverride[] {
  const overrides: PrefOverride[] = [];
  for (let token = nextToken(text, 0); token.kind !== 'end'; token = nextToken(text, token.end)) {
    const call = token.kind === 'word' ? readCall(text, token.text, token.end) : null;
    if (call !== null) overrides.push(call);
  }
  return overrides;
}

/** Reads `("name", value)` or `("name")` behind a function's name. Null: it is something else. */
function readCall(text: string, called: string, from: number): PrefOverride | null {
  const effect = Object.hasOwn(EFFECTS, called) ? EFFECTS[called] : undefined;
  const open = nextToken(text, from);
  const name = nextToken(text, open.end);
  const next = nextToken(text, name.end);
  if (effect === undefined || !isMark(open, '(') || name.kind !== 'string') return null;
  if (effect === 'clear') {
    return isMark(next, ')') ? { name: name.value, value: null, effect, by: 'autoconfig' } : null;
  }
  const value = isMark(next, ',') ? literalAt(text, next.end) : null;
  return value === null ? null : { name: name.value, value, effect, by: 'autoconfig' };
}

function literalAt(text: string, from: number): PrefValue {
  const token = nextToken(text, from);
  if (token.kind === 'string' || token.kind === 'integer') return token.value;
  if (token.kind === 'word' && ['true', 'false'].includes(token.text)) return token.text === 'true';
  const digits = nextToken(text, token.end);
  return isMark(token, '-') && digits.kind === 'integer' ? 0 - digits.value : null;
}

const isMark = (token: PrefsToken, text: string): boolean => token.kind === 'mark' && token.text === text;
