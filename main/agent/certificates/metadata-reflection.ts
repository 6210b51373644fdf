/**
 * The three functions of the metadata reflection proposal that the injector inside @peculiar/x509 (tsyringe) asks for
 * before it starts. x509 is built without type metadata, so the answers are nearly always "none"; what it defines itself
 * is kept by class and key. Must be loaded before @peculiar/x509.
 */
const metadata = new WeakMap<object, Map<unknown, unknown>>();

const reflection = {
  defineMetadata(key: unknown, value: unknown, target: object): void {
    const entries = metadata.get(target) ?? new Map<unknown, unknown>();
    entries.set(key, value);
    metadata.set(target, entries);
  },
  getOwnMetadata(key: unknown, target: object): unknown {
    return metadata.get(target)?.get(key);
  },
  getMetadata(key: unknown, target: object): unknown {
    for (let at: object | null = target; at !== null; at = parentOf(at)) {
      const entries = metadata.get(at);
      if (entries?.has(key)) return entries.get(key);
    }
    return undefined;
  },
};

// Another library of the process may have brought the whole proposal; that one serves as well.
if (!('getMetadata' in Reflect)) Object.assign(Reflect, reflection);

function parentOf(target: object): object | null {
  return Reflect.getPrototypeOf(target);
}
