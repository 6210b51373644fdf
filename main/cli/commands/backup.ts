import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { Agent } from '../../agent/index.ts';
import { text, defineCommand, type OptionSpec, type OptionValues } from '../command-line/command.ts';
import { isFree, writeNewFile } from '../files/output-file.ts';
import type { Session } from '../session.ts';

export const BACKUP_PASSPHRASE_OPTION: Readonly<Record<string, OptionSpec>> = Object.freeze({
  'backup-passphrase-file': {
    type: 'string',
    value: '<file>',
    help: 'A file that holds the passphrase of the backup; without it --passphrase-file serves.',
  },
});

export const backup = defineCommand({
  name: 'backup',
  summary: 'Write everything into one sealed file.',
  takes: '--out <file>',
  count: [0, 0],
  options: { out: { type: 'string', value: '<file>', help: 'The file to make.' }, ...BACKUP_PASSPHRASE_OPTION },
  help: [
    'Keys, people, and what was changed in Thunderbird (so that undo still works after a restore), sealed under a',
    'passphrase. Without the passphrase nobody can open it, you neither: keep the two apart.',
    '',
    '  endymail backup --out endymail-backup',
  ].join('\n'),
  run: async (session, { values }) => {
    const out = text(values, 'out');
    if (out === null) return err(failure('usage', 'endymail backup needs --out <file>.'));
    return session.withAgent(async (agent) => {
      const written = await writeBackup(agent, session, out, values);
      return written.ok ? ok({ text: `${out} holds everything.`, json: { file: out }, exit: 'done' }) : written;
    });
  },
});

/** Errors: those of the passphrase, of the agent's backup and of the file. */
export async function writeBackup(
  agent: Agent,
  session: Session,
  out: string,
  values: OptionValues,
): Promise<Result<void, Failure>> {
  const free = await isFree(out);
  if (!free.ok) return free;
  const passphrase = await backupPassphrase(session, values, true);
  if (!passphrase.ok) return passphrase;
  const sealed = await agent.backup(passphrase.value);
  return sealed.ok ? writeNewFile(out, sealed.value, 0o600) : sealed;
}

export function backupPassphrase(session: Session, values: OptionValues, fresh: boolean) {
  const options = ['backup-passphrase-file', 'passphrase-file'] as const;
  return session.passphrase('the backup', { values, options, fresh });
}
