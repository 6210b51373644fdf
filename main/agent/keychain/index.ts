export { createFileKeychain, type FileKeychainOptions } from './file-keychain.ts';
export type { Keychain, KeychainKind } from './keychain.ts';
export type { KeytarRunner } from './keytar-process.ts';
export { serveKeytar } from './keytar-service.ts';
export { createOsKeychain, type OsKeychainOptions } from './os-keychain.ts';
export { isLongEnough } from './sealing/passphrase-seal.ts';
