import { err, failure, ok } from '@endymail/shared/result';
import { text, defineCommand } from '../command-line/command.ts';
import { workOutcome } from '../words/work-words.ts';
import { WAIT_OPTION, finishWaiting, isWaiting } from './finish-waiting.ts';

export const settings = defineCommand({
  name: 'settings',
  summary: 'Show the settings, or change one.',
  takes: '',
  count: [0, 0],
  options: {
    ...WAIT_OPTION,
    'auto-disable': {
      type: 'string',
      value: 'on|off',
      help: 'When somebody is added whose certificate is missing: send unencrypted as before (on), or stop and name them (off).',
    },
  },
  help: ['  endymail settings', '  endymail settings --auto-disable off'].join('\n'),
  run: async (session, { values }) => {
    const wish = text(values, 'auto-disable');
    if (wish !== null && wish !== 'on' && wish !== 'off') {
      return err(failure('usage', '--auto-disable takes on or off.'));
    }
    return session.withAgent(async (agent) => {
      if (wish !== null) {
        const changed = await agent.changeSettings({ autoDisable: wish === 'on' });
        if (!changed.ok) return changed;
        const report = await finishWaiting(agent, session, changed.value, isWaiting(session, values));
        return report.ok ? ok(workOutcome(report.value, { done: settingWords(wish === 'on') })) : report;
      }
      const now = await agent.settings();
      return now.ok ? ok({ text: settingWords(now.value.autoDisable), json: now.value, exit: 'done' }) : now;
    });
  },
});

const settingWords = (autoDisable: boolean): string =>
  autoDisable
    ? 'auto-disable on: when somebody is added whose certificate is missing, the mail goes unencrypted, as before.'
    : 'auto-disable off: when somebody is added whose certificate is missing, Thunderbird stops and names them.';
