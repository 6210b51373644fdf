import { ok } from '@endymail/shared/result';
import { NOTHING_CHANGED, defineCommand, type Outcome } from '../../command-line/command.ts';
import { agrees } from '../agrees.ts';
import { WORDS_FILE_OPTION, chosenDevice, wordsFrom } from './chosen-device.ts';

export const deviceSuspend = defineCommand({
  name: 'device suspend',
  summary: 'Suspend a device at once: it learns nothing new until you resume it.',
  takes: '<id>',
  count: [1, 1],
  options: WORDS_FILE_OPTION,
  help: [
    'For a device that is out of your sight. It keeps what it had, and the keys of your mailboxes stay as they are: remove',
    'it when you know that it is lost.',
    '',
    '  endymail device suspend 3f2a',
  ].join('\n'),
  run: (session, { positionals: [prefix = ''], values }) =>
    session.withAgent<Outcome>(async (agent) => {
      const device = await chosenDevice(agent, prefix);
      if (!device.ok) return device;
      const words = await wordsFrom(values, session);
      if (!words.ok) return words;
      const agreed = await agrees(session, `Suspend “${device.value.name}”?`, false);
      if (!agreed.ok) return agreed;
      if (!agreed.value) return ok(NOTHING_CHANGED);
      const suspended = await session.patiently(agent.account.suspend(device.value.id, words.value));
      if (!suspended.ok) return suspended;
      const said = `“${device.value.name}” is suspended. It learns nothing new until: endymail device resume.`;
      return ok({ text: said, json: suspended.value, exit: 'done' });
    }),
});

export const deviceResume = defineCommand({
  name: 'device resume',
  summary: 'Let a device that was suspended take part again.',
  takes: '<id>',
  count: [1, 1],
  options: WORDS_FILE_OPTION,
  help: 'It gets what came in the meantime.\n\n  endymail device resume 3f2a',
  run: (session, { positionals: [prefix = ''], values }) =>
    session.withAgent<Outcome>(async (agent) => {
      const device = await chosenDevice(agent, prefix);
      if (!device.ok) return device;
      const words = await wordsFrom(values, session);
      if (!words.ok) return words;
      const resumed = await session.patiently(agent.account.resume(device.value.id, words.value));
      if (!resumed.ok) return resumed;
      return ok({ text: `“${device.value.name}” takes part again.`, json: resumed.value, exit: 'done' });
    }),
});
