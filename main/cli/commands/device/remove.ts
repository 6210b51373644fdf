import { err, failure, ok, type Failure, type Redacted, type Result } from '@endymail/shared/result';
import type { DeviceView } from '@endymail/shared/account';
import type { Agent } from '../../../agent/index.ts';
import { NOTHING_CHANGED, defineCommand, text, type Outcome } from '../../command-line/command.ts';
import { readPassphraseFile } from '../../files/passphrase-file.ts';
import type { Session } from '../../session.ts';
import { removedWords } from '../../words/account-words.ts';
import { agrees } from '../agrees.ts';
import { bringClients } from '../bring-clients.ts';
import { WAIT_OPTION, isWaiting } from '../finish-waiting.ts';

export const deviceRemove = defineCommand({
  name: 'device remove',
  summary: 'Remove a device from your account: it learns nothing new, and its mailboxes get new keys.',
  takes: '<id>',
  count: [1, 1],
  options: {
    ...WAIT_OPTION,
    'words-file': {
      type: 'string',
      value: '<file>',
      help: 'A file with the recovery words, to remove a device that may approve others.',
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
      const file = text(values, 'words-file');
      const words = file === null ? ok(null) : await wordsOf(file, session);
      if (!words.ok) return words;
      const agreed = await agrees(session, `Remove “${device.value.name}” from the account?`, false);
      if (!agreed.ok) return agreed;
      if (!agreed.value) return ok(NOTHING_CHANGED);
      const removed = await session.patiently(agent.account.remove(device.value.id, words.value));
      if (!removed.ok) return removed;
      const done = removedWords(removed.value);
      return bringClients(agent, session, isWaiting(session, values), { done, json: removed.value });
    }),
});

async function chosenDevice(agent: Agent, prefix: string): Promise<Result<DeviceView, Failure>> {
  const devices = await agent.account.devices();
  if (!devices.ok) return devices;
  const active = devices.value.filter(({ state }) => state === 'active');
  const [device, second] = active.filter(({ id }) => id.startsWith(prefix.toLowerCase()));
  if (device === undefined) return err(failure('device-unknown'));
  return second === undefined
    ? ok(device)
    : err(failure('device-unknown', 'Several devices begin so: give more letters of the id.'));
}

async function wordsOf(file: string, { terminal }: Session): Promise<Result<Redacted<string>, Failure>> {
  return readPassphraseFile(file, (remark) => {
    terminal.note(remark);
  });
}
