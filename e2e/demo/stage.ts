import {
  createPerson,
  startDisplay,
  startSmtpSink,
  type Display,
  type Person,
  type SmtpSink,
} from '../harness/index.ts';
import { startPop3Server, type Pop3Mailbox } from './pop3-server.ts';

/** Somebody of the story. */
export interface Actor {
  readonly name: 'alice' | 'bob';
  readonly address: string;
  readonly person: Person;
  /** The screen that their Thunderbird shows itself on; null: it runs without a window. */
  readonly display: Display | null;
  /** Where their Thunderbird fetches mail. */
  readonly mailbox: Pop3Mailbox;
}

/** Two computers and the mail server between them. */
export interface Stage extends AsyncDisposable {
  readonly alice: Actor;
  readonly bob: Actor;
  /** Where both send their mail. */
  readonly sink: SmtpSink;
  /** Of Endymail. */
  readonly version: string;
}

/** As large as the window that is shown on it: a compose window, and a main window with a message in it. */
const SCREENS = Object.freeze({ alice: '960x640', bob: '1280x800' });

/** Takes some seconds: each Thunderbird is started once and closed again, as every real one has been. */
export async function setStage(pictures: boolean): Promise<Stage> {
  const stack = new AsyncDisposableStack();
  try {
    const sink = stack.use(await startSmtpSink());
    const enter = async (name: Actor['name'], fullName: string): Promise<Actor> => {
      const address = `${name}@example.test`;
      const display = pictures ? stack.use(await startDisplay(SCREENS[name])) : null;
      const mailbox = {
        user: name,
        password: crypto.randomUUID(),
        mails: () => sink.mails.filter(({ to }) => to.includes(address)).map(({ bytes }) => bytes),
      };
      const { port } = stack.use(await startPop3Server(mailbox));
      const person = await createPerson({
        identities: [{ address, name: fullName }],
        sink,
        display: display?.name,
        extraPrefs: {
          'mail.server.server1.hostname': '127.0.0.1',
          'mail.server.server1.port': port,
          // A caret that blinks would never let a window stand still for its picture.
          'ui.caretBlinkTime': 0,
        },
      });
      return { name, address, person: stack.use(person), display, mailbox };
    };
    const [alice, bob] = await Promise.all([enter('alice', 'Alice Example'), enter('bob', 'Bob Example')]);
    // The first command of a fresh checkout builds the program.
    const version = (await alice.person.endymail('--version')).stdout.trim();
    return { alice, bob, sink, version, [Symbol.asyncDispose]: () => stack.disposeAsync() };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}
