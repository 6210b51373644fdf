import { isAbsolute, join } from 'node:path';
import type { System } from '../system.ts';
import type { CommandLine, Supervised } from './supervised.ts';

/**
 * A user unit of systemd. Its link in `default.target.wants` is what `systemctl --user enable` makes: made here, it is
 * there also where no session bus can be reached (systemd.unit(5)).
 */
export function systemdUnit({ env, homeDir }: System, id: string, command: CommandLine): Supervised {
  const configHome = env['XDG_CONFIG_HOME'];
  // XDG Base Directory Specification: a relative path is invalid and is ignored.
  const base = configHome !== undefined && isAbsolute(configHome) ? configHome : join(homeDir, '.config');
  const folder = join(base, 'systemd', 'user');
  const name = `${id}.service`;
  const path = join(folder, name);
  const ask = (...args: readonly string[]): CommandLine => ['systemctl', '--user', ...args];
  return {
    name,
    file: { path, content: Buffer.from(unitText(command)) },
    link: { path: join(folder, 'default.target.wants', name), target: path },
    wrote: [ask('daemon-reload')],
    start: ask('start', name),
    stop: ask('stop', name),
    removed: [ask('daemon-reload')],
    isRunning: ask('is-active', '--quiet', name),
  };
}

/**
 * What can be taken from it without taking it from Thunderbird, which the agent starts: no file of it is readable by
 * others, nothing of its memory is written to disk, and a Thunderbird that was opened through it outlives it. What else
 * systemd offers sets `NoNewPrivileges` for a user's unit (systemd.exec(5)), under which a Thunderbird of a snap and an
 * AppImage do not start; `MemoryDenyWriteExecute` ends every JavaScript engine; and without the session bus and the
 * socket of the keychain it could open nothing.
 */
function unitText(command: CommandLine): string {
  return [
    '[Unit]',
    'Description=Endymail in the background',
    '',
    '[Service]',
    `ExecStart=${execStart(command)}`,
    'Restart=on-failure',
    'RestartSec=30',
    'KillMode=process',
    'TimeoutStopSec=120',
    'UMask=0077',
    'LimitCORE=0',
    '',
    '[Install]',
    'WantedBy=default.target',
    '',
  ].join('\n');
}

/** systemd.service(5), "Command lines": the colon has no variable replaced; `%` begins a specifier. */
function execStart([program, ...args]: CommandLine): string {
  return [`:${program}`, ...args].map(unitWord).join(' ');
}

const unitWord = (word: string): string =>
  `"${word.replace(/["\\]/g, '\\$&').replaceAll('%', '%%').replaceAll('\n', '\\n')}"`;
