import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import type { TestHome } from '../harness/test-home.ts';

/** Asks the shell as the page does, with what the preload gives it. */
export function ask(page: Page, name: string, ...args: readonly unknown[]): Promise<unknown> {
  return page.evaluate(
    async ([call, given]): Promise<unknown> => {
      const bridge: unknown = Reflect.get(globalThis, 'endymail');
      const work: unknown = Reflect.get(Object(bridge), call);
      if (typeof work !== 'function') throw new Error(`There is no ${call}.`);
      const answer: unknown = await Reflect.apply(work, null, given);
      return answer;
    },
    [name, args] as const,
  );
}

/** Has the page remember what the shell tells it by itself; returns how to read that. */
export async function listen(
  page: Page,
): Promise<() => Promise<readonly (readonly [event: string, payload: unknown])[]>> {
  await page.evaluate(() => {
    const heard: unknown[] = [];
    Reflect.set(globalThis, 'heard', heard);
    const on: unknown = Reflect.get(Object(Reflect.get(globalThis, 'endymail')), 'on');
    if (typeof on !== 'function') throw new Error('There is no on.');
    for (const event of ['changed', 'open']) {
      Reflect.apply(on, null, [event, (payload: unknown) => heard.push([event, payload])]);
    }
  });
  return () => page.evaluate(() => Reflect.get(globalThis, 'heard') as (readonly [string, unknown])[]);
}

/** The environment of a desktop that shows icons of programs: what it is asked by says so. */
export function withTrayHost(home: TestHome): Record<string, string> {
  const folder = join(home.scratchFolder, 'desktop');
  mkdirSync(folder, { recursive: true });
  const gdbus = join(folder, 'gdbus');
  writeFileSync(gdbus, '#!/bin/sh\ncase "$*" in *StatusNotifierWatcher*) echo \'(true,)\' ;; *) exit 1 ;; esac\n');
  chmodSync(gdbus, 0o755);
  return { ...home.env, PATH: `${folder}:${home.env['PATH'] ?? ''}` };
}
