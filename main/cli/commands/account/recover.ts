import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { DeviceView, RecoveryPreview } from '@endymail/shared/account';
import type { RecoverOptions } from '../../../agent/index.ts';
import { NOTHING_CHANGED, defineCommand, flag, text, type Outcome } from '../../command-line/command.ts';
import { previewWords, recoveredWords } from '../../words/recovery-words.ts';
import { agrees } from '../agrees.ts';
import { bringClients } from '../bring-clients.ts';
import { WAIT_OPTION, isWaiting } from '../finish-waiting.ts';

const WORDS_NEEDED = failure('words-wrong', 'The recovery words are needed: --words-file <file>.');

export const accountRecover = defineCommand({
  name: 'account recover',
  summary: 'Bring your account back to this computer with its recovery words, and remove the lost devices.',
  takes: '<name>',
  count: [1, 1],
  options: {
    ...WAIT_OPTION,
    'words-file': { type: 'string', value: '<file>', help: 'A file that holds the words; for scripts.' },
    'as-of': { type: 'string', value: '<line>', help: 'What stands below the words on your paper: 12-3f2a…' },
    keep: { type: 'string', value: '<ids>', help: 'Devices that stay in the account: their ids, with commas between.' },
    'keep-all': { type: 'boolean', help: 'No device is removed.' },
  },
  help: [
    'For when all your devices are lost. It shows what the account holds and asks; then this computer gets the account with',
    'your mailboxes and their keys, and every other device is removed. Interrupted, the same command goes on.',
    '',
    '  endymail account recover alice@mesh.example.org',
  ].join('\n'),
  run: (session, { positionals: [name = ''], values }) =>
    session.withAgent<Outcome>(async (agent) => {
      const typed = await session.passphrase('the account: its 24 recovery words', {
        values,
        options: ['words-file'],
        fresh: false,
      });
      if (!typed.ok) return typed.error.code === 'passphrase-needed' ? err(WORDS_NEEDED) : typed;
      const kit = { name, words: typed.value, mark: text(values, 'as-of') };
      const preview = await session.patiently(agent.account.recoverPreview(kit));
      if (!preview.ok) return preview;
      const keep = flag(values, 'keep-all') ? ok('all' as const) : kept(preview.value, text(values, 'keep'));
      if (!keep.ok) return keep;
      session.terminal.note(previewWords(preview.value, keep.value, kit.mark !== null));
      const agreed = await agrees(session, 'Bring it back to this computer?', false);
      if (!agreed.ok) return agreed;
      if (!agreed.value) return ok(NOTHING_CHANGED);
      const recovered = await session.patiently(agent.account.recover(kit, { keep: keep.value }));
      if (!recovered.ok) return recovered;
      const done = recoveredWords(recovered.value);
      return bringClients(agent, session, isWaiting(session, values), { done, json: recovered.value });
    }),
});

/** The whole ids of the devices that stay. */
function kept({ devices }: RecoveryPreview, list: string | null): Result<RecoverOptions['keep'], Failure> {
  const keep: string[] = [];
  for (const word of (list ?? '').split(',').filter((one) => one.trim() !== '')) {
    const id = word.trim().toLowerCase();
    const [device, second]: readonly DeviceView[] = devices.filter((one) => one.id.startsWith(id));
    if (device === undefined || second !== undefined)
      return err(failure('device-unknown', `No one device begins with ${id}.`));
    keep.push(device.id);
  }
  return ok(keep);
}
