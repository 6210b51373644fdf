import { describe, expect, it } from 'vitest';
import { effectivePrefs, type PrefOverride } from './effective-prefs.ts';
import { parsePrefs } from './prefs-document.ts';

const NAME = 'mail.e2ee.auto_enable';

function effect(prefsJs: string, ...overrides: Partial<PrefOverride>[]): readonly unknown[] {
  const prefs = parsePrefs(prefsJs);
  if (!prefs.ok) throw new Error(prefs.error.detail);
  const full = overrides.map((override): PrefOverride => ({
    name: NAME,
    value: null,
    effect: 'user',
    by: 'user.js',
    ...override,
  }));
  const effective = effectivePrefs(prefs.value, full);
  return [effective.get(NAME), ...effective.overruled.map(({ value, by }) => [value, by])];
}

const OFF = `user_pref("${NAME}", false);`;

describe('what holds', () => {
  it('is prefs.js where nothing overrules it', () => {
    expect(effect(OFF)).toEqual([false]);
    expect(effect('')).toEqual([null]);
  });

  it('is user.js before prefs.js', () => {
    expect(effect(OFF, { value: true })).toEqual([true, [true, 'user.js']]);
  });

  it('is a lock before everything, whenever it was set', () => {
    const lock = { value: false, effect: 'locked', by: 'policy' } as const;
    expect(effect('', { value: true }, lock)).toEqual([false, [false, 'policy']]);
    expect(effect('', { ...lock, by: 'autoconfig' }, { value: true })).toEqual([false, [false, 'autoconfig']]);
  });

  it('is the person’s own before a default, which fixes nothing', () => {
    expect(effect(OFF, { value: true, effect: 'default', by: 'policy' })).toEqual([false]);
    expect(effect('', { value: true, effect: 'default', by: 'policy' })).toEqual([true]);
  });

  it('is the default where a policy clears the person’s own at each start', () => {
    expect(effect(OFF, { effect: 'clear', by: 'policy' })).toEqual([null, [null, 'policy']]);
  });

  it('lists only what Endymail may need', () => {
    const prefs = parsePrefs('');
    if (!prefs.ok) throw new Error();
    const names = [
      'mail.identity.id7.signing_cert_dbkey',
      'mail.identity.id1.encryptionpolicy',
      'mail.biff.play_sound',
    ];
    const overrides = names.map((name): PrefOverride => ({ name, value: 1, effect: 'locked', by: 'policy' }));
    expect(effectivePrefs(prefs.value, overrides).overruled.map(({ name }) => name)).toEqual(names.slice(0, 2));
  });
});
