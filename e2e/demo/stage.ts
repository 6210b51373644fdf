import {
  createPerson,
  startDisplay,
  startSmtpSink,
  type Display,
  type Person,
  type SmtpSink,
} from '../harness/index.ts';

/** Somebody of the story, and the screen that their Thunderbird shows itself on; null: it runs without a window. */
export interface Actor {
  readonly name: 'alice' | 'bob';
  readonly address: string;
  readonly person: Person;
  readonly display: Display | null;
}

/** Two computers and the mail server between them. */
export interface Stage extends AsyncDisposable {
  readonly alice: Actor;
  readonly bob: Actor;
  readonly sink: SmtpSink;
}

/** As large as the window that is shown on it: a compose window, and a main window with a message in it. */
const SCREENS = Object.freeze({ alice: '960x640', bob: '1280x800' });

/** Takes about ten seconds: each Thunderbird is started once and closed again, as every real one has been. */
export async function setStage(pictures: boolean): Promise<Stage> {
  const stack = new AsyncDisposableStack();
  try {
    const sink = stack.use(await startSmtpSink());
    const enter = async (name: Actor['name'], fullName: string): Promise<Actor> => {
      const display = pictures ? stack.use(await startDisplay(SCREENS[name])) : null;
      const address = `${name}@example.test`;
      const person = stack.use(
        await createPerson({ identities: [{ address, name: fullName }], sink, display: display?.name }),
      );
      return { name, address, person, display };
    };
    const [alice, bob] = await Promise.all([enter('alice', 'Alice Example'), enter('bob', 'Bob Example')]);
    return { alice, bob, sink, [Symbol.asyncDispose]: () => stack.disposeAsync() };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}
