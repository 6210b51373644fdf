export { defaultHomeFolder } from './default-folder.ts';
export { openHome, otherKeychain, type Home, type OpenHomeOptions } from './home.ts';
export { restoreHome, startOver, type Restored, type RestoreHomeOptions } from './restore.ts';
