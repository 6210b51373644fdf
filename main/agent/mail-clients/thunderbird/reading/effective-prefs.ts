import type { OverruledPref, PrefValue } from '@endymail/shared/mail';
import type { PrefsDocument } from './prefs-document.ts';

/** What `user.js` or an administrator says of one pref, in the order in which Thunderbird reads it. */
export interface PrefOverride {
  readonly name: string;
  readonly value: PrefValue;
  /**
   * `default`: replaces the program's default, the person's value wins. `user`: replaces the person's value at each
   * start. `locked`: the person's value does not count. `clear`: the person's value is taken out at each start.
   */
  readonly effect: 'default' | 'user' | 'locked' | 'clear';
  readonly by: OverruledPref['by'];
}

/** The prefs as they hold when Thunderbird starts. */
export interface EffectivePrefs {
  readonly get: (name: string) => PrefValue;
  /** What is fixed of the prefs that Endymail may need, whatever `prefs.js` says. */
  readonly overruled: readonly OverruledPref[];
}

/** Merges `prefs.js` with what overrules it. */
export function effectivePrefs(prefs: PrefsDocument, overrides: readonly PrefOverride[]): EffectivePrefs {
  const states = new Map<string, PrefState>();
  for (const override of overrides) {
    const before = states.get(override.name) ?? {
      programDefault: null,
      user: prefs.get(override.name),
      locked: false,
      fixedBy: null,
    };
    states.set(override.name, apply(before, override));
  }
  const get = (name: string): PrefValue => {
    const state = states.get(name);
    if (state === undefined) return prefs.get(name);
    return state.locked ? state.programDefault : (state.user ?? state.programDefault);
  };
  const overruled = [...states].flatMap(([name, { fixedBy }]) =>
    fixedBy !== null && isOurs(name) ? [{ name, value: get(name), by: fixedBy }] : [],
  );
  return { get, overruled };
}

interface PrefState {
  readonly programDefault: PrefValue;
  readonly user: PrefValue;
  readonly locked: boolean;
  readonly fixedBy: OverruledPref['by'] | null;
}

function apply(state: PrefState, { value, effect, by }: PrefOverride): PrefState {
  switch (effect) {
    case 'default':
      return { ...state, programDefault: value };
    case 'locked':
      return { ...state, programDefault: value, locked: true, fixedBy: by };
    case 'user':
      return { ...state, user: value, fixedBy: state.locked ? state.fixedBy : by };
    case 'clear':
      return { ...state, user: null, fixedBy: state.locked ? state.fixedBy : by };
  }
}

/** The prefs that Endymail sets, and those that say whether encryption is asked for. */
const OURS =
  /^(mail\.e2ee\.auto_(enable|disable)|mail\.identity\.[\w-]+\.((signing|encryption)_cert_(name|dbkey)|encryptionpolicy|e2etechpref))$/;

const isOurs = (name: string): boolean => OURS.test(name);
