import { resolve } from 'node:path';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { BackgroundView, CommandLine } from '../../agent/index.ts';
import { text, type OptionValues, type Outcome } from '../command-line/command.ts';
import type { Session } from '../session.ts';
import { backgroundWords } from '../words/background-words.ts';

/** Has the system serve this home by itself, or no more, or says how that stands. */
export async function inBackground(
  session: Session,
  wish: 'install' | 'uninstall' | 'status',
  values: OptionValues,
): Promise<Result<Outcome, Failure>> {
  const service = await session.surroundings.background(session.home);
  switch (wish) {
    case 'install': {
      const command = serveCommand(session, values);
      return command.ok ? outcome(await service.install(command.value)) : command;
    }
    case 'uninstall':
      return outcome(await service.takeAway({ stops: true }));
    case 'status':
      return outcome(ok(await service.status()));
  }
}

/** Everything is said in it: what the system starts has not the environment of this terminal. */
function serveCommand({ surroundings, home, keychain }: Session, values: OptionValues): Result<CommandLine, Failure> {
  const serving: CommandLine = [
    ...surroundings.ownCommand,
    'serve',
    '--stand-by',
    '--home',
    home,
    '--keychain',
    keychain,
  ];
  if (keychain === 'os') return ok(serving);
  const file = text(values, 'passphrase-file');
  // Nobody is there to type it.
  if (file === null) return err(failure('passphrase-needed'));
  return ok([...serving, '--passphrase-file', resolve(file)]);
}

const outcome = (view: Result<BackgroundView, Failure>): Result<Outcome, Failure> =>
  view.ok
    ? ok({
        text: backgroundWords(view.value),
        json: view.value,
        exit: view.value.byHand.length > 0 || view.value.state === 'changed' ? 'needsPerson' : 'done',
      })
    : view;
