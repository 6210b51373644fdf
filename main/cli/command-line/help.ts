import type { Command, OptionSpec } from './command.ts';
import { COMMON_OPTIONS } from './common-options.ts';

/** What `endymail --help` prints. */
export function overview(commands: readonly Command[]): string {
  const rows = commands.map(({ name, takes, summary }) => [`${name} ${takes}`.trim(), summary] as const);
  return [
    'Endymail: tick the mail accounts to protect, and your own Thunderbird signs and encrypts by itself.',
    '',
    'Usage: endymail                      a guided walk, in a terminal',
    '       endymail <command> [options]',
    '',
    'Commands:',
    ...columns(rows),
    '',
    'Options of every command:',
    ...optionRows(COMMON_OPTIONS),
    '',
    'endymail <command> --help explains a command. A first time looks like this:',
    '',
    '  endymail mailboxes                          what is on this computer',
    '  endymail plan alice@example.org             what would change, nothing is done',
    '  endymail enable alice@example.org           do it',
    '  endymail share alice@example.org --out alice.endymail    for those who write to you',
    '  endymail import-peer bob.endymail           mail to bob is encrypted from then on',
    '  endymail disable --all                      everything back as it was',
    '',
    'Exit codes: 0 done, 1 failed, 2 usage, 3 needs you, 4 keychain, 5 nothing found.',
  ].join('\n');
}

/** What `endymail device --help` prints, and of every first word of commands in two words. */
export function groupHelp(first: string, commands: readonly Command[]): string {
  return [
    `Usage: endymail ${first} <what> [options]`,
    '',
    ...columns(commands.map(({ name, takes, summary }) => [`${name} ${takes}`.trim(), summary])),
    '',
    `endymail ${first} <what> --help explains one.`,
  ].join('\n');
}

/** What `endymail <command> --help` prints. */
export function commandHelp(command: Command): string {
  const own = optionRows(command.options);
  return [
    command.summary,
    '',
    `Usage: endymail ${command.name} ${command.takes}`.trimEnd() + ' [options]',
    ...(own.length > 0 ? ['', 'Options:', ...own] : []),
    '',
    'Options of every command:',
    ...optionRows(COMMON_OPTIONS),
    '',
    command.help,
  ].join('\n');
}

function optionRows(options: Readonly<Record<string, OptionSpec>>): string[] {
  return columns(Object.entries(options).map(([name, { value, help }]) => [`--${name} ${value ?? ''}`.trim(), help]));
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
