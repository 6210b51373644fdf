import { parseArgs } from 'node:util';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { Command, OptionSpec, OptionValues } from './command.ts';
import { COMMON_OPTIONS } from './common-options.ts';
import { nearest } from './nearest.ts';

export type CommandLine =
  | { readonly kind: 'walk'; readonly values: OptionValues }
  | { readonly kind: 'help'; readonly command: Command | null }
  | { readonly kind: 'group-help'; readonly first: string; readonly commands: readonly Command[] }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'run';
      readonly command: Command;
      readonly positionals: readonly string[];
      readonly values: OptionValues;
    };

/** Reads the arguments. Errors: `usage`, with the nearest name where one was mistyped. */
export function parseCommandLine(args: readonly string[], commands: readonly Command[]): Result<CommandLine, Failure> {
  // First with the options of all commands, only to find which word is the command's name and not an option's value.
  const every = Object.assign({}, COMMON_OPTIONS, ...commands.map(({ options }) => options)) as typeof COMMON_OPTIONS;
  const { positionals: words, values: loose, tokens } = read(args, every);
  const stranger = tokens.find((token) => token.kind === 'option' && !every[token.name]);
  if (stranger?.kind === 'option') return unknownOption(stranger, every);
  const isHelp = words[0] === 'help';
  const said = isHelp ? words.slice(1) : words;
  const [first] = said;
  if (loose['version'] === true) return ok({ kind: 'version' });
  if (first === undefined) {
    if (isHelp || loose['help'] === true) return ok({ kind: 'help', command: null });
    const checked = check(args, COMMON_OPTIONS);
    return checked.ok ? ok({ kind: 'walk', values: checked.value.values }) : checked;
  }
  const command = commands.find(({ name }) => name.split(' ').every((word, index) => said[index] === word));
  const asksForHelp = isHelp || loose['help'] === true;
  if (!command) {
    const group = groupOf(first, commands);
    if (asksForHelp && said.length === 1 && group.length > 0) return ok({ kind: 'group-help', first, commands: group });
    return unknownCommand(first, said[1], commands);
  }
  const { name } = command;
  if (asksForHelp) return ok({ kind: 'help', command });
  const checked = check(args, { ...COMMON_OPTIONS, ...command.options });
  if (!checked.ok) return checked;
  const positionals = checked.value.positionals.slice(name.split(' ').length);
  const [min, max] = command.count;
  if (positionals.length < min) return usage(`endymail ${name} needs ${command.takes}.`);
  if (positionals.length > max) return usage(`endymail ${name} does not take “${positionals[max] ?? ''}”.`);
  return ok({ kind: 'run', command, positionals, values: checked.value.values });
}

/** The commands in two words (`account create`) that begin with this one. */
const groupOf = (first: string, commands: readonly Command[]): readonly Command[] =>
  commands.filter(({ name }) => name.startsWith(`${first} `));

/** Of a command in two words, what was said second is looked at among those of the same first one. */
function unknownCommand(first: string, second: string | undefined, commands: readonly Command[]) {
  const names = commands.map(({ name }) => name);
  const group = groupOf(first, commands).map(({ name }) => name);
  if (group.length === 0) return usage(`There is no command “${first}”.`, nearest(first, names));
  const list = group.map((name) => name.slice(first.length + 1)).join(', ');
  if (second === undefined) return usage(`endymail ${first} needs one of these words: ${list}.`);
  return usage(`There is no command “${first} ${second}”.`, nearest(`${first} ${second}`, group));
}

function read(args: readonly string[], options: Readonly<Record<string, OptionSpec>>) {
  const types = Object.fromEntries(
    Object.entries(options).map(([name, { type, short }]) => [name, short === undefined ? { type } : { type, short }]),
  );
  return parseArgs({ args: [...args], options: types, strict: false, allowPositionals: true, tokens: true });
}

/** The same with nothing let pass: unknown options, values that are missing or too many. */
function check(
  args: readonly string[],
  options: Readonly<Record<string, OptionSpec>>,
): Result<{ positionals: readonly string[]; values: OptionValues }, Failure> {
  const { tokens, positionals, values } = read(args, options);
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const spec = options[token.name];
    if (!spec) return unknownOption(token, options);
    // `--out --json`: the value was forgotten, and the next option would be taken for it.
    const isForgotten = token.inlineValue === false && token.value.startsWith('-');
    if (spec.type === 'string' && (!token.value || isForgotten))
      return usage(`${token.rawName} needs ${spec.value ?? 'a value'}.`);
    if (spec.type === 'boolean' && token.value !== undefined) return usage(`${token.rawName} takes no value.`);
  }
  return ok({ positionals, values: onlyScalars(values) });
}

function unknownOption(
  { name, rawName }: { readonly name: string; readonly rawName: string },
  options: Readonly<Record<string, OptionSpec>>,
) {
  const suggestion = nearest(name, Object.keys(options));
  return usage(`There is no option “${rawName}” here.`, suggestion === null ? null : `--${suggestion}`);
}

function onlyScalars(values: Readonly<Record<string, unknown>>): OptionValues {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'boolean' ? [[name, value] as const] : [],
    ),
  );
}

function usage(message: string, suggestion: string | null = null) {
  return err(failure('usage', suggestion === null ? message : `${message} Did you mean “${suggestion}”?`));
}
