import { err, failure, ok } from '@endymail/shared/result';
import { NOTHING_CHANGED, flag, text, defineCommand, type Outcome } from '../command-line/command.ts';
import { workOutcome } from '../words/work-words.ts';
import { agrees } from './agrees.ts';
import { BACKUP_PASSPHRASE_OPTION, writeBackup } from './backup.ts';
import { CHANGED_BY_HAND_OPTIONS, changedByHandOption } from './enable-options.ts';
import { WAIT_OPTION, isWaiting } from './finish-waiting.ts';

export const remove = defineCommand({
  name: 'remove',
  summary: 'Remove Endymail from this computer: undo everything, delete its keys and data.',
  takes: '--backup <file> | --without-backup',
  count: [0, 0],
  options: {
    backup: { type: 'string', value: '<file>', help: 'Write everything into this sealed file first.' },
    'without-backup': { type: 'boolean', help: 'I need no backup.' },
    ...WAIT_OPTION,
    ...CHANGED_BY_HAND_OPTIONS,
    ...BACKUP_PASSPHRASE_OPTION,
  },
  help: [
    'Thunderbird keeps the keys that read your old mail. The CA of each mailbox is deleted here: without a backup, those who',
    'know you have to add you anew if you come back.',
    '',
    '  endymail remove --backup endymail-backup',
  ].join('\n'),
  run: async (session, { values }) => {
    const changedByHand = changedByHandOption(values);
    if (!changedByHand.ok) return changedByHand;
    let file = text(values, 'backup');
    if (file !== null && flag(values, 'without-backup')) {
      return err(failure('usage', '--backup and --without-backup exclude each other.'));
    }
    if (!session.yes && !session.canAsk) return err(failure('confirm-needed'));
    if (file === null && !flag(values, 'without-backup')) {
      if (!session.canAsk) return err(failure('confirm-needed', 'Say --backup <file>, or --without-backup.'));
      file = await session.terminal.text('A backup first: into which file? (empty: none)', 'endymail-backup');
      if (file === null) return err(failure('confirm-needed'));
      if (file === '') file = null;
    }
    const wait = isWaiting(session, values);
    return session.withAgent<Outcome>(async (agent) => {
      if (file !== null) {
        const written = await writeBackup(agent, session, file, values);
        if (!written.ok) return written;
      }
      const agreed = await agrees(session, 'Undo everything and delete the keys and data of Endymail here?', false);
      if (!agreed.ok) return agreed;
      if (!agreed.value) return ok(NOTHING_CHANGED);
      const report = await agent.remove({
        changedByHand: changedByHand.value ?? 'leave',
        onProgress: session.onProgress,
        ...(wait ? { wait: session.wait } : {}),
      });
      return report.ok
        ? ok(
            workOutcome(report.value, {
              done: 'Endymail is gone from here. Thunderbird keeps the keys that read old mail.',
            }),
          )
        : report;
    });
  },
});
