import { ok } from '@endymail/shared/result';
import { NOTHING_CHANGED, defineCommand, flag, type Outcome } from '../../command-line/command.ts';
import { announcedWords, removedWords } from '../../words/account-words.ts';
import { agrees } from '../agrees.ts';
import { bringClients } from '../bring-clients.ts';
import { WAIT_OPTION, isWaiting } from '../finish-waiting.ts';
import { WORDS_FILE_OPTION, chosenDevice, wordsFrom } from './chosen-device.ts';

export const deviceRemove = defineCommand({
  name: 'device remove',
  summary: 'Remove a device from your account: it learns nothing new, and its mailboxes get new keys.',
  takes: '<id>',
  count: [1, 1],
  options: {
    ...WAIT_OPTION,
    ...WORDS_FILE_OPTION,
    announce: {
      type: 'boolean',
      help: 'For one that may approve others, without the words: it is removed after 72 hours if nobody calls that off.',
    },
  },
  help: [
    'What the device already had can not be taken from it. Therefore the mailboxes it could use get new keys, which those who',
    'write to you need: endymail share makes the file.',
    '',
    '  endymail device remove 3f2a',
  ].join('\n'),
  run: (session, { positionals: [prefix = ''], values }) =>
    session.withAgent<Outcome>(async (agent) => {
      const device = await chosenDevice(agent, prefix);
      if (!device.ok) return device;
      const words = await wordsFrom(values, session);
      if (!words.ok) return words;
      const agreed = await agrees(session, `Remove “${device.value.name}” from the account?`, false);
      if (!agreed.ok) return agreed;
      if (!agreed.value) return ok(NOTHING_CHANGED);
      if (flag(values, 'announce')) {
        const act = await session.patiently(agent.account.announceRemoval(device.value.id));
        return act.ok ? ok({ text: announcedWords(act.value), json: act.value, exit: 'done' }) : act;
      }
      const removed = await session.patiently(agent.account.remove(device.value.id, words.value));
      if (!removed.ok) return removed;
      const done = removedWords(removed.value);
      return bringClients(agent, session, isWaiting(session, values), { done, json: removed.value });
    }),
});
