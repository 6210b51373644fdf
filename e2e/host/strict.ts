import { EventEmitter } from 'node:events';

/** The app used something of Electron that the host does not have. */
class NotOfferedError extends Error {
  override readonly name = 'NotOfferedError';
}

/** For what the app asks of the host in vain; `what` as the app wrote it, e.g. `app.relaunch`. */
export function notOffered(what: string): Error {
  return new NotOfferedError(`The host does not offer ${what}.`);
}

/** What the engine and Node ask of any object: whether it is a promise, and how it is printed. */
const ASKED_OF_EVERYTHING: readonly string[] = ['then', 'toJSON', 'inspect', 'nodeType', 'asymmetricMatch', '$$typeof'];

/**
 * The same object, which throws when something is read or set that it does not have. An Electron member that is
 * missing here would else be `undefined`, and a switch that nobody reads a success.
 */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key, receiver): unknown {
      if (typeof key === 'string' && !(key in object) && !ASKED_OF_EVERYTHING.includes(key)) {
        throw notOffered(`${name}.${key}`);
      }
      return Reflect.get(object, key, receiver);
    },
    set(object, key, value, receiver) {
      if (typeof key === 'string' && !(key in object)) throw notOffered(`${name}.${key} to be set`);
      return Reflect.set(object, key, value, receiver);
    },
  });
}

/** Throws for the first option that is not in `known`. Returns the options. */
export function knownOptions<T extends object>(name: string, options: T, known: readonly string[]): T {
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown !== undefined) throw notOffered(`${name}: { ${unknown} }`);
  return options;
}

/** An object of Electron's with events: it refuses members that it does not have, and events that never come. */
export abstract class StrictEmitter extends EventEmitter {
  protected constructor(name: string, events: readonly string[]) {
    super();
    this.on('newListener', (event: string | symbol) => {
      if (!events.includes(String(event))) throw notOffered(`the event '${String(event)}' of ${name}`);
    });
    return strict(name, this);
  }
}

/** An event whose usual consequence a listener can prevent. */
export interface Preventable {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

/** Emits a preventable event; `details` are more properties of it, `more` further arguments. Whether it was prevented. */
export function emitPreventable(
  emitter: EventEmitter,
  event: string,
  details: object = {},
  ...more: readonly unknown[]
): boolean {
  const state = { defaultPrevented: false };
  const preventable: Preventable = {
    ...details,
    get defaultPrevented() {
      return state.defaultPrevented;
    },
    preventDefault() {
      state.defaultPrevented = true;
    },
  };
  emitter.emit(event, strict(`the event '${event}'`, preventable), ...more);
  return state.defaultPrevented;
}
