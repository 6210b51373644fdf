export { whyNoProfile } from './absence.ts';
export { readCertificateStore, type CertificateStore, type StoredCertificate } from './certificate-store.ts';
export { discoverThunderbird } from './discover.ts';
export { knownPeople } from './known-people.ts';
export { profilesAt } from './other-folder.ts';
export { parsePrefs, type PrefsDocument } from './prefs-document.ts';
export { prefsFile, readPrefsFile } from './prefs-file.ts';
export { primaryPasswordSet } from './primary-password.ts';
export { guardProfile, isProfileRunning, type ProfileGuard } from './profile-lock.ts';
export {
  profileId,
  readProfile,
  type ProfileLocation,
  type ProfileReading,
  type ReadingOptions,
} from './read-profile.ts';
