import type { SettingsView } from '@endymail/shared/ipc';

export const SETTINGS = Object.freeze({
  heading: 'Settings',

  look: 'Look',
  themes: Object.freeze<Record<SettingsView['theme'], string>>({
    system: 'As the system',
    light: 'Light',
    dark: 'Dark',
  }),

  start: 'Start',
  openAtLogin: 'Start Endymail when I log in',
  openAtLoginSub: 'It looks after your mailboxes without a window, and never asks for a password by itself.',
  openAtLoginUnknown: 'This system does not let Endymail see or change this.',

  missing: 'When somebody is added whose keys you do not have',
  missingLead: 'To a mail that was about to be encrypted.',
  letGo: 'Let the mail go as before',
  letGoSub: 'It is sent unencrypted to everyone on it.',
  stop: 'Stop and name the person',
  stopSub: 'Thunderbird does not send until you take the person off, or send unencrypted yourself.',

  folders: 'Other folders',
  foldersLead: 'Endymail finds Thunderbird by itself. If yours keeps its mail elsewhere, show it where.',
  noFolders: 'None.',
  addFolder: 'Other folder…',
  removeFolder: 'Take off',
  removeFolderName: (path: string): string => `Take ${path} off the list`,
  foundInFolder: (found: number): string => {
    if (found === 0) return 'No mailbox was found in this folder.';
    return found === 1
      ? 'One mailbox was found in this folder.'
      : `${String(found)} mailboxes were found in this folder.`;
  },

  data: 'Your data',
  backUp: 'Back up…',
  backUpNever: 'You have made no backup yet.',
  restore: 'Restore a backup…',
  restoreSub: 'From this or another computer',
  undo: 'Undo everything…',
  undoSub: 'Thunderbird gets back what stood there before',
  remove: 'Remove Endymail from this computer…',
  removeSub: 'Undoes everything, then deletes its keys and data here',

  about: 'About',
  version: (version: string): string => `Endymail ${version}`,
  project: 'Web page of the project',
  licences: 'Licences',
  licencesText:
    'Endymail is free software under the MIT licence. It is built from the work of others under licences of their own; THIRD-PARTY-NOTICES in its folder names each with its text.',
  saved: 'Saved.',
});
