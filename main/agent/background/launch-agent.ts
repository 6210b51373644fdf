import { join } from 'node:path';
import type { System } from '../system.ts';
import type { CommandLine, Supervised } from './supervised.ts';
import { xmlText } from './xml-text.ts';

/** An agent of launchd (launchd.plist(5)): what lies in this folder is started with the session of its owner. */
export function launchAgent({ homeDir }: System, id: string, userId: number, command: CommandLine): Supervised {
  const name = `org.${id}.serve`;
  const path = join(homeDir, 'Library', 'LaunchAgents', `${name}.plist`);
  const session = `gui/${userId}`;
  return {
    name,
    file: { path, content: Buffer.from(plist(name, command)) },
    link: null,
    wrote: [],
    start: ['launchctl', 'bootstrap', session, path],
    stop: ['launchctl', 'bootout', `${session}/${name}`],
    removed: [],
    isRunning: ['launchctl', 'print', `${session}/${name}`],
  };
}

/** 077, as a property list has numbers. */
const UMASK = 63;

const RESTART_PAUSE_SECONDS = 30;

function plist(name: string, command: CommandLine): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    '<plist version="1.0">',
    '<dict>',
    `  <key>Label</key><string>${xmlText(name)}</string>`,
    '  <key>ProgramArguments</key>',
    '  <array>',
    ...command.map((word) => `    <string>${xmlText(word)}</string>`),
    '  </array>',
    '  <key>RunAtLoad</key><true/>',
    '  <key>KeepAlive</key><dict><key>SuccessfulExit</key><false/></dict>',
    `  <key>ThrottleInterval</key><integer>${RESTART_PAUSE_SECONDS}</integer>`,
    '  <key>ProcessType</key><string>Background</string>',
    `  <key>Umask</key><integer>${UMASK}</integer>`,
    // What the agent starts, like Thunderbird, goes on without it.
    '  <key>AbandonProcessGroup</key><true/>',
    '</dict>',
    '</plist>',
    '',
  ].join('\n');
}
