export { createFileKeychain, type FileKeychainOptions } from './file-keychain.ts';
export type { Keychain, KeychainKind } from './keychain.ts';
export { createOsKeychain, type OsKeychainOptions } from './os-keychain.ts';
export { isLongEnough } from './sealing/passphrase-seal.ts';
