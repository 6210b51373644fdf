import type { OptionSpec } from './command.ts';

/** The options of every command. */
export const COMMON_OPTIONS: Readonly<Record<string, OptionSpec>> = Object.freeze({
  json: { type: 'boolean', help: 'Print one JSON value for scripts.' },
  yes: { type: 'boolean', help: 'Answer ordinary questions with yes. Consents that have an option of their own stay.' },
  home: { type: 'string', value: '<dir>', help: "Endymail's own data, instead of the usual folder." },
  keychain: {
    type: 'string',
    value: 'os|file',
    help: 'Where the key to your data is kept: the keychain of the system (usual), or a file under a passphrase.',
  },
  'passphrase-file': { type: 'string', value: '<file>', help: 'A file that holds the passphrase; for scripts.' },
  help: { type: 'boolean', short: 'h', help: 'Explain this command.' },
  version: { type: 'boolean', help: 'Print the version.' },
});
