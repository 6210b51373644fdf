import { Redacted, err, failure, ok } from '@endymail/shared/result';
import { defineCommand, flag, text, type Outcome } from '../../command-line/command.ts';
import { chosenRequest } from './chosen-request.ts';

export const deviceApprove = defineCommand({
  name: 'device approve',
  summary: 'Approve a device that asks to join, with the six digits that it shows.',
  takes: '[<id>]',
  count: [0, 1],
  options: {
    digits: { type: 'string', value: '<six>', help: 'The digits that the new device shows.' },
    'may-approve': { type: 'boolean', help: 'It may approve other devices too, and make new keys for mailboxes.' },
  },
  help: [
    'Type digits only from a screen in front of you, never ones that somebody reads to you. The first letters of the id are',
    'enough; where only one device asks, none are needed.',
    '',
    '  endymail device approve 3f2a --digits 123456',
  ].join('\n'),
  run: (session, { positionals: [prefix = ''], values }) =>
    session.withAgent<Outcome>(async (agent) => {
      const request = await chosenRequest(agent, prefix);
      if (!request.ok) return request;
      const digits = text(values, 'digits') ?? (await typedDigits(session));
      if (digits === null) return err(failure('digits-invalid'));
      const approval = agent.account.approve(request.value.id, new Redacted(digits), {
        mayApprove: flag(values, 'may-approve'),
      });
      const approved = await session.patiently(approval);
      if (!approved.ok) return approved;
      const { device } = approved.value;
      const words = `Approved. It says it is “${device.name}”, and gets your mailboxes now.`;
      return ok({ text: words, json: approved.value, exit: 'done' });
    }),
});

async function typedDigits({ canAsk, terminal }: Parameters<typeof deviceApprove.run>[0]): Promise<string | null> {
  return canAsk ? terminal.text('The six digits that the new device shows', '123456') : null;
}
