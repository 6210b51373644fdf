import { Redacted, err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { NOTHING_CHANGED, defineCommand, flag, type Outcome } from '../../command-line/command.ts';
import { readPassphraseFile } from '../../files/passphrase-file.ts';
import type { Session } from '../../session.ts';
import { agrees } from '../agrees.ts';
import { NO_WAIT_OPTION, joined } from './request.ts';

export const deviceJoin = defineCommand({
  name: 'device join',
  summary: 'Join an account by an invitation that was made on one of its devices.',
  takes: '<link or file>',
  count: [1, 1],
  options: NO_WAIT_OPTION,
  help: [
    'Whoever has the invitation (mesh:…) can join. Other programs on this computer can read what stands in a command line:',
    'a file that holds it is better.',
    '',
    '  endymail device join invitation.txt',
  ].join('\n'),
  run: async (session, { positionals: [word = ''], values }) => {
    const link = word.startsWith('mesh:') ? ok(new Redacted(word)) : await fileWithLink(word, session);
    if (!link.ok) return err(failure('invitation-invalid', link.error.message));
    const account = accountOf(link.value);
    if (account === null) return err(failure('invitation-invalid'));
    session.terminal.note(`This puts the mailboxes of this computer into the account ${account}.`);
    const agreed = await agrees(session, 'Is that your account?', false);
    if (!agreed.ok) return agreed;
    if (!agreed.value) return ok(NOTHING_CHANGED);
    return session.withAgent<Outcome>(async (agent) => {
      const view = await session.patiently(agent.account.join(link.value));
      return view.ok ? joined(agent, session, view.value, !flag(values, 'no-wait')) : view;
    });
  },
});

function fileWithLink(path: string, { terminal }: Session): Promise<Result<Redacted<string>, Failure>> {
  return readPassphraseFile(path, (remark) => {
    terminal.note(remark);
  });
}

/** What the invitation calls the account; its secret stands behind the number sign. */
function accountOf(link: Redacted<string>): string | null {
  return /^mesh:([^#\s]{1,320})#/.exec(link.reveal().trim())?.[1] ?? null;
}
