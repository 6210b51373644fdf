import { answering, clientOf, parseEvent, WINDOW_CALLS, WINDOW_EVENTS, type AppChange } from '@endymail/shared/ipc';
import { ok } from '@endymail/shared/result';
import { createAppModel } from '../../main/shell/app-model.ts';
import { measure, NO_RESULTS, timed, type Results } from '../measure.ts';
import { MANY_PEOPLE, people, viewOf } from './people.ts';

const RUNS = 31;
const COMPARED_TO = 'a structured clone of the same alone';

/** What the border between shell and page costs with many people: both ends in one process, and a clone between them. */
export async function benchBorder(): Promise<Results> {
  const known = people(MANY_PEOPLE);
  const view = viewOf(known);
  const { snapshot } = WINDOW_CALLS;
  const answer = answering({ snapshot }, { snapshot: () => Promise.resolve(ok(view)) });
  const client = clientOf({ snapshot }, async (name, args) => structuredClone(await answer(name, args)));
  const shared = { comparedTo: COMPARED_TO, goal: null, runs: RUNS };
  return {
    ...NO_RESULTS,
    results: [
      await measure({
        ...shared,
        name: `a snapshot with ${MANY_PEOPLE} people over the border`,
        ours: () =>
          timed(async () => {
            const given = await client.snapshot();
            if (!given.ok || given.value.people.length !== MANY_PEOPLE) throw new Error('The snapshot did not arrive.');
          }),
        bare: () => timed(() => Promise.resolve(structuredClone(view))),
      }),
      await measure({
        ...shared,
        name: `one person more, told with ${MANY_PEOPLE} people over the border`,
        ours: () => tellOneMore(people(MANY_PEOPLE + 1)),
        bare: () => timed(() => Promise.resolve(structuredClone({ people: known }))),
      }),
    ],
  };

  /** The shell finds out what is new and tells it; the page checks it. Returns milliseconds. */
  function tellOneMore(more: AppChange['people'] & object): Promise<number> {
    return timed(async () => {
      const told = await new Promise<AppChange>((resolve) => {
        createAppModel({ initial: view, onChange: resolve, later: queueMicrotask }).change({ people: more });
      });
      const heard = parseEvent(WINDOW_EVENTS, 'changed', structuredClone(told));
      if (!heard.ok || heard.value.people?.length !== more.length) throw new Error('The change did not arrive.');
    });
  }
}
