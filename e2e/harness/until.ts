const LOOK_EVERY_MS = 25;

/**
 * Waits until `look` finds something (neither null nor undefined nor false) and returns it.
 * Throws with the name of what was awaited when `limitMs` passed: a test never waits without an end.
 */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  limitMs = 20_000,
): Promise<Exclude<T, null | undefined | false>> {
  const end = Date.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) {
      return found as Exclude<T, null | undefined | false>;
    }
    if (Date.now() > end) throw new Error(`Waited ${limitMs} ms in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
