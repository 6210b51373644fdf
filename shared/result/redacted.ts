const values = new WeakMap<Redacted<unknown>, unknown>();

/**
 * A secret that can be carried about but not printed: in logs, JSON, templates and inspection it is `<redacted>`.
 * The value stands in a WeakMap, not in a property, so that no serialiser finds it by walking the object.
 */
export class Redacted<T> {
  // Makes Redacted<A> and Redacted<B> different types although the instance has no field of type T.
  declare readonly _type: T;

  constructor(value: T) {
    values.set(this, value);
  }

  /** The secret itself. Call it where the secret is used, not before. */
  reveal(): T {
    return values.get(this) as T;
  }

  toString(): string {
    return '<redacted>';
  }

  toJSON(): string {
    return '<redacted>';
  }

  // What `console.log` and `util.inspect` of Node ask for.
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '<redacted>';
  }
}
