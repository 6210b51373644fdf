import { win32 } from 'node:path';
import type { System } from '../system.ts';
import type { CommandLine, Supervised } from './supervised.ts';
import { xmlText } from './xml-text.ts';

/**
 * A task of the Task Scheduler, at the logon of this person and with no more rights than theirs. The file in the home is
 * what the task was made from; the task itself is the scheduler's.
 */
export function logonTask({ env }: System, id: string, home: string, command: CommandLine): Supervised {
  const path = win32.join(home, 'background-task.xml');
  const user = [env['USERDOMAIN'], env['USERNAME']].filter((part) => part !== undefined).join('\\');
  return {
    name: id,
    // The byte order mark and two bytes a letter are what schtasks reads.
    file: { path, content: Buffer.from(`\uFEFF${taskXml(user, command)}`, 'utf16le') },
    link: null,
    wrote: [['schtasks', '/Create', '/TN', id, '/XML', path, '/F']],
    start: ['schtasks', '/Run', '/TN', id],
    stop: ['schtasks', '/End', '/TN', id],
    removed: [['schtasks', '/Delete', '/TN', id, '/F']],
    // That it is there is all that its answer says without regard to the language.
    isRunning: ['schtasks', '/Query', '/TN', id],
  };
}

function taskXml(user: string, [program, ...args]: CommandLine): string {
  const userId = `<UserId>${xmlText(user)}</UserId>`;
  return [
    '<?xml version="1.0" encoding="UTF-16"?>',
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">',
    `  <Triggers><LogonTrigger>${userId}</LogonTrigger></Triggers>`,
    '  <Principals>',
    `    <Principal id="Person">${userId}<LogonType>InteractiveToken</LogonType><RunLevel>LeastPrivilege</RunLevel></Principal>`,
    '  </Principals>',
    '  <Settings>',
    '    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>',
    '    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>',
    '    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>',
    '    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>',
    '    <RestartOnFailure><Interval>PT1M</Interval><Count>999</Count></RestartOnFailure>',
    '    <Hidden>true</Hidden>',
    '  </Settings>',
    '  <Actions Context="Person">',
    `    <Exec><Command>${xmlText(program)}</Command><Arguments>${xmlText(args.map(windowsWord).join(' '))}</Arguments></Exec>`,
    '  </Actions>',
    '</Task>',
    '',
  ].join('\r\n');
}

/** As the C runtime takes a command line apart: backslashes count only before a quotation mark, where they are doubled. */
const windowsWord = (word: string): string => `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
