import { becomeElectron } from './as-electron.ts';

/**
 * Loaded by every Node that the host or the app starts: where the app starts itself anew, as Electron's program with its
 * folder, that process becomes the host as well. It has no windows.
 */
const appFolder = process.env['ENDYMAIL_HOST_APP'];
if (appFolder !== undefined && process.argv[1] === appFolder) becomeElectron(appFolder, false);
