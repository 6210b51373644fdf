import { ok } from '@endymail/shared/result';
import { defineCommand, type Outcome } from '../../command-line/command.ts';
import { devicesWords } from '../../words/account-words.ts';

export const deviceList = defineCommand({
  name: 'device list',
  summary: 'List the devices of your account.',
  takes: '',
  count: [0, 0],
  options: {},
  help: 'As they were known when this computer last had everything (endymail sync).\n\n  endymail device list',
  run: (session) =>
    session.withAgent<Outcome>(async (agent) => {
      const devices = await agent.account.devices();
      return devices.ok ? ok({ text: devicesWords(devices.value), json: devices.value, exit: 'done' }) : devices;
    }),
});
