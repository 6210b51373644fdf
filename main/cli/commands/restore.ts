import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { Restored } from '../../agent/index.ts';
import { NOTHING_CHANGED, flag, defineCommand, type Outcome } from '../command-line/command.ts';
import { readInputFile } from '../../files/input-file.ts';
import type { Session } from '../session.ts';
import { agrees } from './agrees.ts';
import { backupPassphrase, BACKUP_PASSPHRASE_OPTION } from './backup.ts';

const BACKUP_FILE_MAX_BYTES = 64 * 1024 * 1024;

export const restore = defineCommand({
  name: 'restore',
  summary: 'Bring a backup back, or start over with the old data set aside.',
  takes: '<file> | --start-over',
  count: [0, 1],
  options: {
    'set-aside': { type: 'boolean', help: 'Move data that is here out of the way. Nothing is deleted.' },
    'start-over': { type: 'boolean', help: 'No backup: set the data aside and begin with none.' },
    ...BACKUP_PASSPHRASE_OPTION,
  },
  help: [
    'For a new computer, or when the keychain has lost the key to your data. What is there is never written over: with',
    '--set-aside it is moved beside the folder, and the folder is named.',
    '',
    '  endymail restore endymail-backup',
    '  endymail restore endymail-backup --set-aside',
    '  endymail restore --start-over',
  ].join('\n'),
  run: async (session, { positionals: [path], values }) => {
    if (flag(values, 'start-over') === (path !== undefined)) {
      return err(failure('usage', 'endymail restore needs the file of a backup, or --start-over.'));
    }
    if (path === undefined) return startOver(session);
    const content = await readInputFile(path, BACKUP_FILE_MAX_BYTES);
    if (!content.ok) return content;
    const passphrase = await backupPassphrase(session, values, false);
    if (!passphrase.ok) return passphrase;
    const restored = await session.surroundings.restoreBackup({
      home: session.home,
      keychain: session.keychain,
      passphrase: () => session.keychainPassphrase({ fresh: true }),
      file: content.value,
      backupPassphrase: passphrase.value,
      setAside: flag(values, 'set-aside'),
    });
    if (!restored.ok) return restored;
    return ok({ text: restoredWords(restored.value), json: restored.value, exit: 'done' });
  },
});

function restoredWords({ setAsideAs, mailboxesOff, accountLeftOut }: Restored): string {
  const aside = setAsideAs === null ? '' : ` The data that was here is in ${setAsideAs}.`;
  return [
    `The keys and people of the backup are here.${aside}`,
    ...(mailboxesOff.length === 0
      ? []
      : [
          `Off, as when the backup was made: ${mailboxesOff.join(', ')}.`,
          'Thunderbird here gets their keys, which read old mail, only when you enable them: endymail enable <address>.',
        ]),
    ...(accountLeftOut === undefined
      ? []
      : [
          `The backup is of a device of the account ${accountLeftOut}. This computer belongs to no account yet.`,
          `To share with your other devices, join it: endymail device request ${accountLeftOut}`,
        ]),
    'Next: endymail check brings Thunderbird up to them, and tells what still needs you.',
  ].join('\n');
}

async function startOver(session: Session): Promise<Result<Outcome, Failure>> {
  const agreed = await agrees(session, 'Set the data of Endymail aside and begin with none? Nothing is deleted.');
  if (!agreed.ok) return agreed;
  if (!agreed.value) return ok(NOTHING_CHANGED);
  const over = await session.surroundings.startOver({ home: session.home });
  if (!over.ok) return over;
  const { setAsideAs } = over.value;
  return ok({
    text: `The old data is in ${setAsideAs}. The next endymail enable begins anew.`,
    json: { setAsideAs },
    exit: 'done',
  });
}
