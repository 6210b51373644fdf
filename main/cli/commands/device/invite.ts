import { err, failure, ok } from '@endymail/shared/result';
import { defineCommand, text, type Outcome } from '../../command-line/command.ts';
import { isFree, writeNewFile } from '../../files/output-file.ts';

const PRIVATE_MODE = 0o600;

export const deviceInvite = defineCommand({
  name: 'device invite',
  summary: 'Make an invitation with which one device can join within ten minutes.',
  takes: '--out <file>',
  count: [0, 0],
  options: { out: { type: 'string', value: '<file>', help: 'Where to write it. Whoever has it can join.' } },
  help: [
    'Take the file to the new device in a way that nobody else sees, and run there: endymail device join <file>. A device',
    'that joins so may not approve others.',
    '',
    '  endymail device invite --out /media/usb/invitation.txt',
  ].join('\n'),
  run: async (session, { values }) => {
    const out = text(values, 'out');
    if (out === null) return err(failure('usage', 'endymail device invite needs --out <file>.'));
    const free = await isFree(out);
    if (!free.ok) return free;
    return session.withAgent<Outcome>(async (agent) => {
      const invitation = await session.patiently(agent.account.invite());
      if (!invitation.ok) return invitation;
      const { link, expiresAt } = invitation.value;
      const written = await writeNewFile(out, `${link.reveal()}\n`, PRIVATE_MODE);
      if (!written.ok) return written;
      const words = `${out} lets one device join until ${new Date(expiresAt).toLocaleTimeString()}. Show it to nobody else.`;
      return ok({ text: words, json: { file: out, expiresAt }, exit: 'done' });
    });
  },
});
