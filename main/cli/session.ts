import { resolve } from 'node:path';
import { err, failure, ok, type Failure, type Redacted, type Result } from '@endymail/shared/result';
import { parseMailAddress, type ClientProfile, type MailAddress } from '@endymail/shared/mail';
import type { Agent, KeychainChoice, Progress } from '../agent/index.ts';
import { flag, text, type OptionValues } from './command-line/command.ts';
import { readPassphraseFile } from './files/passphrase-file.ts';
import type { Surroundings, Terminal } from './surroundings.ts';
import { WAITING_WORDS, progressWords } from './words/progress-words.ts';

/** What a command works with: the options of every command, resolved, and the way to the agent. */
export interface Session {
  readonly terminal: Terminal;
  readonly surroundings: Surroundings;
  readonly home: string;
  readonly keychain: KeychainChoice['keychain'];
  /** Nobody is to be asked ordinary questions. */
  readonly yes: boolean;
  /** Somebody can be asked: a terminal, and not `--json`. */
  readonly canAsk: boolean;
  /** Opens the agent for the time of `work`. */
  withAgent<T>(work: (agent: Agent) => Promise<Result<T, Failure>>): Promise<Result<T, Failure>>;
  /**
   * The passphrase that the file of the first given of these options holds or, without one, the person types.
   * `purpose` completes "Passphrase of …"; a fresh one is typed twice.
   */
  passphrase(purpose: string, source: PassphraseSource): Promise<Result<Redacted<string>, Failure>>;
  readonly onProgress: (progress: Progress) => void;
  /** For a person who can be asked to close the client; see `ReconcileOptions.wait`. */
  readonly wait: (profile: ClientProfile) => Promise<boolean>;
  /** The passphrase of a file keychain; `fresh`: of one that is being made. Without it that is found out. */
  keychainPassphrase(options?: { readonly fresh: boolean }): Promise<Result<Redacted<string>, Failure>>;
  /** Awaits `work`, and says what it may be waiting for when nothing is heard of it. */
  patiently<T>(work: Promise<T>): Promise<T>;
}

export interface PassphraseSource {
  readonly values: OptionValues;
  readonly options: readonly [string, ...string[]];
  readonly fresh: boolean;
}

/** After this time a person wonders what is going on, in milliseconds. */
const PATIENCE_MS = 2_500;

/** Errors: `usage`. */
export async function createSession(
  surroundings: Surroundings,
  command: string,
  values: OptionValues,
): Promise<Result<Session, Failure>> {
  const { terminal } = surroundings;
  const chosen = text(values, 'keychain');
  if (chosen !== null && chosen !== 'os' && chosen !== 'file') {
    return err(failure('usage', `--keychain takes os or file, not “${chosen}”.`));
  }
  const home = resolve(text(values, 'home') ?? (await surroundings.defaultHome()));
  // Chosen once, when the data was made; from then on the data itself says it.
  const remembered = await surroundings.rememberedKeychain(home);
  const keychain = chosen ?? remembered ?? 'os';
  const canAsk = terminal.interactive && !flag(values, 'json');
  const note = (words: string): void => {
    terminal.note(words);
  };
  let announced: string | null = null;
  let known: Result<Redacted<string>, Failure> | null = null;
  let patience: NodeJS.Timeout | undefined;

  /** What was changed goes to the other devices at once, where it can; else later, and the person hears of it. */
  async function share(agent: Agent): Promise<void> {
    const account = await agent.account.show();
    if (!account.ok || account.value?.standing !== 'member' || account.value.sync.unsent === 0) return;
    const shared = await session.patiently(agent.account.sync());
    if (!shared.ok) note(`Not on your other devices yet: ${shared.error.message} ${shared.error.advice}`);
  }

  const session: Session = {
    terminal,
    surroundings,
    home,
    keychain,
    canAsk,
    yes: flag(values, 'yes'),

    async withAgent(work) {
      const passphrase = () => session.keychainPassphrase();
      const opening = surroundings.openAgent({ home, keychain, passphrase, command: `endymail ${command}`.trim() });
      const agent = await session.patiently(opening);
      if (!agent.ok) return agent;
      try {
        const done = await work(agent.value);
        if (done.ok) await share(agent.value);
        return done;
      } finally {
        surroundings.writing(false);
        agent.value.close();
      }
    },

    async passphrase(purpose, { values: given, options, fresh }) {
      const file = options.map((option) => text(given, option)).find((path) => path !== null);
      if (file !== undefined) return readPassphraseFile(file, note);
      if (!canAsk) {
        return err(failure('passphrase-needed', `A passphrase of ${purpose} is needed: --${options[0]} <file>.`));
      }
      const first = await terminal.secret(`Passphrase of ${purpose}`);
      if (first === null) return err(failure('confirm-needed'));
      if (!fresh) return ok(first);
      const second = await terminal.secret('The same again');
      if (second === null) return err(failure('confirm-needed'));
      return first.reveal() === second.reveal() ? ok(first) : err(failure('passphrase-differs'));
    },

    async keychainPassphrase(options) {
      clearTimeout(patience);
      // Asked for once: the guided walk opens the data several times.
      if (known) return known;
      const fresh = options?.fresh ?? remembered === null;
      const given = await session.passphrase("Endymail's data", { values, options: ['passphrase-file'], fresh });
      if (given.ok) known = given;
      return given;
    },

    async patiently(work) {
      patience = setTimeout(note, PATIENCE_MS, WAITING_WORDS);
      try {
        return await work;
      } finally {
        clearTimeout(patience);
      }
    },

    onProgress: (progress) => {
      if (progress.kind !== 'making-keys') clearTimeout(patience);
      surroundings.writing(progress.kind === 'setting-up' || progress.kind === 'taking-back');
      const words = progressWords(progress);
      // While it waits, the same is reported again and again.
      if (words === announced) return;
      announced = words;
      if (words !== null) note(words);
    },

    wait: () => surroundings.pause(),
  };
  return ok(session);
}

/** Each address once. Errors: `address-invalid`, `address-unsupported`. */
export function parseAddresses(words: readonly string[]): Result<readonly MailAddress[], Failure> {
  const addresses = new Set<MailAddress>();
  for (const word of words) {
    const parsed = parseAddress(word);
    if (!parsed.ok) return parsed;
    addresses.add(parsed.value);
  }
  return ok([...addresses]);
}

/** Errors: as `parseAddresses`. */
export function parseAddress(word: string): Result<MailAddress, Failure> {
  const parsed = parseMailAddress(word);
  return parsed.ok ? parsed : err(failure(parsed.error.code, `“${word}” is not an address that Endymail can use.`));
}
