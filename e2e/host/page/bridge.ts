/** One end of the bridge between the page's own world and the preload's. */
export interface BridgeEnd {
  /** Gives the other end a value under a name. Functions in it are called on this side. */
  offer(name: string, value: unknown): void;
}

/**
 * Carries values between the two worlds of a page: JavaScript objects do not pass between them, but the nodes of the
 * document do, and Chromium clones what events on them carry. Functions are called where they came from and promises
 * settle on both sides, as with Electron's contextBridge: everything else arrives as a frozen copy.
 * The function stands alone, because its source is put into pages, once into each world.
 *
 * @param channel a node that no script of the page can reach
 * @param side the name of this end
 * @param receive called for what the other end offers
 */
export function createBridge(
  channel: EventTarget,
  side: 'page' | 'preload',
  receive: (name: string, value: unknown) => void,
): BridgeEnd {
  type Message = Readonly<Record<string, unknown>>;
  type Answer = { readonly value: unknown } | { readonly error: string };
  const other = side === 'page' ? 'preload' : 'page';
  const functions: ((...values: unknown[]) => unknown)[] = [];
  const answers = new Map<number, Answer>();
  const promises = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let numbers = 0;

  const isFunction = (value: unknown): value is (...values: unknown[]) => unknown => typeof value === 'function';
  const isRecord = (value: unknown): value is Message => typeof value === 'object' && value !== null;
  const isList: (value: unknown) => value is readonly unknown[] = Array.isArray;
  const list = (value: unknown): readonly unknown[] => (isList(value) ? value : []);
  const isPlain = (value: object): boolean =>
    [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
  const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

  const errorIn = (message: Message): string | null => (typeof message['error'] === 'string' ? message['error'] : null);

  const send = (message: Message): void => {
    channel.dispatchEvent(new CustomEvent(other, { detail: message }));
  };

  const pack = (value: unknown): Message => {
    if (isFunction(value)) return { function: functions.push(value) - 1 };
    if (typeof value === 'symbol') throw new Error('An object could not be cloned.');
    if (value instanceof Promise) return { promise: follow(value) };
    if (isList(value)) return { list: value.map(pack) };
    if (isRecord(value) && isPlain(value)) {
      return { record: Object.entries(value).map(([key, part]) => [key, pack(part)]) };
    }
    return { value };
  };

  const unpack = (packed: unknown): unknown => {
    if (!isRecord(packed)) return undefined;
    if ('function' in packed) return (...values: unknown[]) => call(Number(packed['function']), values);
    if ('promise' in packed) return promised(Number(packed['promise']));
    if ('list' in packed) return Object.freeze(list(packed['list']).map(unpack));
    if ('record' in packed) {
      const entries = list(packed['record']).map(list);
      return Object.freeze(Object.fromEntries(entries.map(([key, part]) => [String(key), unpack(part)])));
    }
    return packed['value'];
  };

  const follow = (promise: Promise<unknown>): number => {
    const number = side === 'page' ? ++numbers : -++numbers;
    promise.then(
      (value) => {
        send({ settles: number, value: pack(value) });
      },
      (error: unknown) => {
        send({ settles: number, error: messageOf(error) });
      },
    );
    return number;
  };

  const promised = (number: number): Promise<unknown> =>
    new Promise((resolve, reject) => {
      promises.set(number, { resolve, reject });
    });

  const call = (number: number, values: readonly unknown[]): unknown => {
    const question = ++numbers;
    send({ calls: number, values: values.map(pack), question });
    // The other world has answered by now: events are delivered at once.
    const answer = answers.get(question);
    answers.delete(question);
    if (answer === undefined) throw new Error('The other world of the page has gone.');
    if ('error' in answer) throw new Error(answer.error);
    return unpack(answer.value);
  };

  const run = (message: Message): Answer => {
    try {
      const called = functions[Number(message['calls'])];
      return { value: pack(called?.(...list(message['values']).map(unpack))) };
    } catch (error) {
      return { error: messageOf(error) };
    }
  };

  channel.addEventListener(side, (event) => {
    if (!(event instanceof CustomEvent) || !isRecord(event.detail)) return;
    const message = event.detail;
    if ('offers' in message) receive(String(message['offers']), unpack(message['value']));
    if ('calls' in message) send({ answers: message['question'], ...run(message) });
    if ('answers' in message) {
      const error = errorIn(message);
      const answer: Answer = error === null ? { value: message['value'] } : { error };
      answers.set(Number(message['answers']), answer);
    }
    if ('settles' in message) {
      const promise = promises.get(Number(message['settles']));
      promises.delete(Number(message['settles']));
      const error = errorIn(message);
      if (error === null) promise?.resolve(unpack(message['value']));
      else promise?.reject(new Error(error));
    }
  });

  return {
    offer: (name, value) => {
      send({ offers: name, value: pack(value) });
    },
  };
}
