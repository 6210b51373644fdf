import type { PrefValue } from '@endymail/shared/mail';

export type Prefs = Readonly<Record<string, Exclude<PrefValue, null>>>;

/**
 * Prefs that stand in test profiles and in no person's: no first-run pages, no telemetry, no update, no question that
 * nobody answers. Nothing here touches mail security.
 */
export const QUIET_PREFS: Prefs = Object.freeze({
  'app.donation.eoy.version.viewed': 9999,
  'app.update.enabled': false,
  'browser.safebrowsing.enabled': false,
  'datareporting.policy.dataSubmissionPolicyBypassNotification': true,
  'mail.inappnotifications.enabled': false,
  'mail.instrumentation.postUrl': '',
  'mail.provider.suppress_dialog_on_startup': true,
  'mail.rights.version': 1,
  'mail.shell.checkDefaultClient': false,
  'mail.spotlight.firstRunDone': true,
  'mailnews.start_page.enabled': false,
  'toolkit.telemetry.enabled': false,
});

/**
 * Prefs that the driver puts in before it starts Thunderbird and takes out after it stopped. Without the first,
 * Marionette sets about a hundred testing prefs for good; port 0 lets the system choose (it is then in the profile's
 * file MarionetteActivePort).
 */
export const DRIVER_PREFS: Prefs = Object.freeze({
  'remote.prefs.recommended': false,
  'marionette.port': 0,
});
