import {
  createPerson,
  startDisplay,
  startMesh,
  startSmtpSink,
  type Display,
  type Mesh,
  type Person,
  type SmtpSink,
} from '../harness/index.ts';
import { startPop3Server, type Pop3Mailbox } from './pop3-server.ts';

/** Somebody of the story. */
export interface Actor {
  readonly name: 'alice' | 'bob';
  /** What stands before the commands that are typed on this computer. */
  readonly prompt: string;
  readonly address: string;
  readonly person: Person;
  /** The screen that their Thunderbird shows itself on; null: it runs without a window. */
  readonly display: Display | null;
  /** Where their Thunderbird fetches mail. */
  readonly mailbox: Pop3Mailbox;
  readonly pop3Port: number;
}

/** Two computers and the mail server between them. */
export interface Stage extends AsyncDisposable {
  readonly alice: Actor;
  readonly bob: Actor;
  /** Where both send their mail. */
  readonly sink: SmtpSink;
  /** A service that passes on between computers what it can not read. */
  startMesh(): Promise<Mesh>;
  /** One more computer of alice's, with a Thunderbird for the same mailbox. */
  secondComputer(): Promise<Actor>;
  /** Of Endymail. */
  readonly version: string;
}

/** As large as the window that is shown on it: a compose window, and a main window with a message in it. */
const SCREENS = Object.freeze({ alice: '960x640', bob: '1280x800', second: '1280x800' });

const FULL_NAMES = Object.freeze({ alice: 'Alice Example', bob: 'Bob Example' });

/** Takes some seconds: each Thunderbird is started once and closed again, as every real one has been. */
export async function setStage(pictures: boolean): Promise<Stage> {
  const stack = new AsyncDisposableStack();
  try {
    const sink = stack.use(await startSmtpSink());
    const computerOf = async (
      owner: Pick<Actor, 'name' | 'address' | 'mailbox' | 'pop3Port'>,
      { prompt, screen }: { readonly prompt: string; readonly screen: string },
    ): Promise<Actor> => {
      const display = pictures ? stack.use(await startDisplay(screen)) : null;
      const person = await createPerson({
        identities: [{ address: owner.address, name: FULL_NAMES[owner.name] }],
        sink,
        display: display?.name,
        extraPrefs: {
          'mail.server.server1.hostname': '127.0.0.1',
          'mail.server.server1.port': owner.pop3Port,
          // A caret that blinks would never let a window stand still for its picture.
          'ui.caretBlinkTime': 0,
        },
      });
      return { ...owner, prompt, person: stack.use(person), display };
    };
    const enter = async (name: Actor['name']): Promise<Actor> => {
      const address = `${name}@example.test`;
      const mailbox = {
        user: name,
        password: crypto.randomUUID(),
        mails: () => sink.mails.filter(({ to }) => to.includes(address)).map(({ bytes }) => bytes),
      };
      const { port: pop3Port } = stack.use(await startPop3Server(mailbox));
      return computerOf({ name, address, mailbox, pop3Port }, { prompt: name, screen: SCREENS[name] });
    };
    const [alice, bob] = await Promise.all([enter('alice'), enter('bob')]);
    // The first command of a fresh checkout builds the program.
    const version = (await alice.person.endymail('--version')).stdout.trim();
    return {
      alice,
      bob,
      sink,
      version,
      startMesh: async () => stack.use(await startMesh()),
      secondComputer: () => {
        const { name, address, mailbox, pop3Port } = alice;
        return computerOf({ name, address, mailbox, pop3Port }, { prompt: 'alice-2', screen: SCREENS.second });
      },
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}
