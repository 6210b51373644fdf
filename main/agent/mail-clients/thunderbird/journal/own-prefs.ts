/**
 * The prefs that Endymail ever writes into a profile, all of them. A journal that names another was not written by
 * Endymail; undoing it would write whatever somebody put there.
 */

/** Set for a mailbox, and for the whole profile. */
const SETTINGS =
  /^(mail\.identity\.[\w-]{1,64}\.((signing|encryption)_cert_(name|dbkey)|e2etechpref)|mail\.e2ee\.auto_(enable|disable))$/;

/**
 * Without it, Marionette puts about a hundred testing prefs into prefs.js for ever
 * (remote/shared/RecommendedPreferences.sys.mjs).
 */
export const RECOMMENDED_PREFS = 'remote.prefs.recommended';

/** 0: the system chooses a free port at random. Marionette then writes which into this pref (server.sys.mjs). */
export const PORT = 'marionette.port';

/**
 * What an account does by itself at a start or an exit. Offline as well it connects to servers on this computer, asks
 * for passwords, and says that it could not connect, in dialogs that stop the remote control for ever.
 */
export const ACCOUNT_PREFS = /^mail\.server\.[^.]+\.(login_at_startup|empty_trash_on_exit|cleanup_inbox_on_exit)$/;

/** What every start of Thunderbird may add or change by itself; found by comparing prefs.js before and after. */
export const HOUSEKEEPING_PREFS: readonly string[] = [
  PORT,
  'datareporting.dau.cachedUsageProfileGroupID',
  'datareporting.dau.cachedUsageProfileID',
  // Thunderbird remembers at its exit that it was offline (OfflineStartup.sys.mjs).
  'network.online',
  'toolkit.profiles.newProfileSubmitted',
  'toolkit.startup.last_success',
  'toolkit.telemetry.cachedClientID',
  'toolkit.telemetry.cachedProfileGroupID',
];

/** Whether Endymail sets this pref for a mailbox or a profile. */
export const isSetting = (name: string): boolean => SETTINGS.test(name);

/** Whether a short run of Thunderbird sets this pref for its time. */
export const isSetForRun = (name: string): boolean => name === RECOMMENDED_PREFS || ACCOUNT_PREFS.test(name);

/** Whether this pref is put back after a run, whatever it is then. */
export const isTouchedByRun = (name: string): boolean => HOUSEKEEPING_PREFS.includes(name);
