import { homedir } from 'node:os';
import { env, platform } from 'node:process';
import * as v from 'valibot';
import { serveAgent } from '../agent/index.ts';
import { parseJson } from '../files/decode.ts';
import { AGENT_SWITCHES, STOP_MESSAGE, type FromAgentProcess } from './agent-messages.ts';

/**
 * The process of the agent: owns the home, does the work, and is reached over the socket in the home. It knows no
 * window; from the shell it hears only when to end.
 */
const KeytarCommand = v.tupleWithRest([v.string()], v.string());

const valueOf = (name: string): string | undefined =>
  process.argv.find((argument) => argument.startsWith(name))?.slice(name.length);

const tell = (message: FromAgentProcess): void => {
  process.parentPort.postMessage(message);
};

/** Where this is Node itself, it reaches the keychain as the command line does. */
function keychainRunner() {
  const isElectron = Object.hasOwn(process.versions, 'electron');
  const given = v.safeParse(KeytarCommand, parseJson(valueOf(AGENT_SWITCHES.keytar) ?? ''));
  if (!isElectron || !given.success) return {};
  const [program, ...args] = given.output;
  return { keychain: { program, args } };
}

const asked = Promise.withResolvers<undefined>();
process.parentPort.on('message', ({ data }) => {
  if (data === STOP_MESSAGE) asked.resolve(undefined);
});

const serving = await serveAgent({
  home: valueOf(AGENT_SWITCHES.home) ?? '',
  system: { platform, homeDir: homedir(), env, now: () => new Date() },
  command: 'endymail',
  mayPrompt: !process.argv.includes(AGENT_SWITCHES.quiet),
  ...keychainRunner(),
});

if (serving.ok) {
  tell({ kind: 'serves' });
  void asked.promise.then(() => serving.value.stop());
  await serving.value.closed;
} else {
  const { error } = serving;
  tell(error.code === 'home-busy' ? { kind: 'is-served' } : { kind: 'failed', failure: error });
  await asked.promise;
}
// What is open still (the port, a timer) must not keep a process that has nothing to do.
process.exit(0);
