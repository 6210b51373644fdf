import { resolve } from 'node:path';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { Agent } from '../../agent/index.ts';
import { text, defineCommand, type Outcome } from '../command-line/command.ts';
import { folderWords } from '../words/mailbox-words.ts';
import { workOutcome } from '../words/work-words.ts';
import { WAIT_OPTION, finishWaiting, isWaiting } from './finish-waiting.ts';

const CHANGES = ['auto-disable', 'add-folder', 'remove-folder'] as const;

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
    'add-folder': {
      type: 'string',
      value: '<folder>',
      help: 'Look for profiles in this folder too.',
    },
    'remove-folder': {
      type: 'string',
      value: '<folder>',
      help: 'Take back what Endymail wrote in this folder, and look into it no more.',
    },
  },
  help: [
    'Endymail finds the profiles of Thunderbird by itself where Thunderbird keeps them. One that is elsewhere, like on',
    'another disk, is found when you say where: a folder that is a profile, or that holds a profiles.ini. Nothing is',
    'written in it by that. When it is to be looked into no more, what Endymail wrote there is taken back first.',
    '',
    '  endymail settings',
    '  endymail settings --auto-disable off',
    '  endymail settings --add-folder /media/usb/thunderbird-profile',
  ].join('\n'),
  run: async (session, { values }) => {
    const [change, second] = CHANGES.filter((name) => text(values, name) !== null);
    if (second !== undefined) return err(failure('usage', 'endymail settings changes one thing at a time.'));
    const wish = text(values, change ?? 'auto-disable') ?? '';
    if (change === 'auto-disable' && wish !== 'on' && wish !== 'off') {
      return err(failure('usage', '--auto-disable takes on or off.'));
    }
    return session.withAgent(async (agent) => {
      if (change === undefined) return show(agent);
      if (change === 'auto-disable') {
        const changed = await agent.changeSettings({ autoDisable: wish === 'on' });
        if (!changed.ok) return changed;
        const report = await finishWaiting(agent, session, changed.value, isWaiting(session, values));
        return report.ok ? ok(workOutcome(report.value, { done: settingWords(wish === 'on') })) : report;
      }
      const folder = resolve(wish);
      const done = await (change === 'add-folder' ? agent.addFolder(folder) : agent.removeFolder(folder));
      return done.ok ? show(agent) : done;
    });
  },
});

async function show(agent: Agent): Promise<Result<Outcome, Failure>> {
  const settings = await agent.settings();
  if (!settings.ok) return settings;
  const folders = await agent.folders();
  if (!folders.ok) return folders;
  return ok({
    text: [settingWords(settings.value.autoDisable), ...folderWords(folders.value)].join('\n\n'),
    json: { ...settings.value, folders: folders.value },
    exit: 'done',
  });
}

const settingWords = (autoDisable: boolean): string =>
  autoDisable
    ? 'auto-disable on: when somebody is added whose certificate is missing, the mail goes unencrypted, as before.'
    : 'auto-disable off: when somebody is added whose certificate is missing, Thunderbird stops and names them.';
