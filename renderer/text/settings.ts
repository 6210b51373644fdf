import type { AboutView, SettingsView } from '@endymail/shared/ipc';
import { capital, spelled } from './count.ts';

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
  addFolder: 'Other folder…',
  removeFolder: 'Take off',
  removeFolderName: (path: string): string => `Take ${path} off the list`,
  foundInFolder: (found: number): string =>
    `${found === 0 ? 'No mailbox was' : `${capital(spelled(found, 'mailbox', 'mailboxes'))} ${found === 1 ? 'was' : 'were'}`} found in this folder.`,

  data: 'Your data',
  backUp: 'Back up…',
  restore: 'Restore a backup…',
  restoreSub: 'From this or another computer',
  undo: 'Undo everything…',
  undoSub: 'Thunderbird gets back what stood there before',
  remove: 'Remove Endymail from this computer…',
  removeSub: 'Undoes everything, then deletes its keys and data here',

  version: (version: string): string => `Endymail ${version}`,
  licences:
    'Free software under the MIT licence. It is built from the work of others under licences of their own: THIRD-PARTY-NOTICES, in the folder of Endymail, names each with its text.',
});

export const aboutFacts = ({ version, platform, runtime }: AboutView) => [
  { name: 'Endymail', value: version },
  { name: 'runtime', value: runtime },
  { name: 'system', value: platform },
];
