import { expect, it, vi } from 'vitest';
import { createQuit } from './quit.ts';

/** A quit whose work and whose patience end when the test says so. */
function quitting() {
  const work = Promise.withResolvers<undefined>();
  const patience = Promise.withResolvers<undefined>();
  const left = Promise.withResolvers<undefined>();
  const said = Promise.withResolvers<undefined>();
  const end = vi.fn(() => work.promise);
  const say = vi.fn(() => {
    said.resolve(undefined);
  });
  const leave = vi.fn(() => {
    left.resolve(undefined);
  });
  const quit = createQuit({ end, say, leave, pause: () => patience.promise });
  return { quit, end, say, leave, work, patience, left: left.promise, said: said.promise };
}

it('leaves when what goes on is whole, and says nothing where that is soon', async () => {
  const { quit, end, say, leave, work, left } = quitting();
  expect(quit.hasBegun()).toBe(false);
  quit.begin();
  quit.begin();
  expect(quit.hasBegun()).toBe(true);
  expect(leave).not.toHaveBeenCalled();
  work.resolve(undefined);
  await left;
  expect([end, say, leave].map(({ mock }) => mock.calls.length)).toEqual([1, 0, 1]);
});

it('says so where it takes longer', async () => {
  const { quit, leave, work, patience, left, said } = quitting();
  quit.begin();
  patience.resolve(undefined);
  await said;
  expect(leave).not.toHaveBeenCalled();
  work.resolve(undefined);
  await left;
});

it("holds the system's own end back until then, and not after", async () => {
  const { quit, end, work, left } = quitting();
  const early = vi.fn();
  quit.hold({ preventDefault: early });
  expect([early.mock.calls.length, end.mock.calls.length]).toEqual([1, 1]);
  work.resolve(undefined);
  await left;
  const late = vi.fn();
  quit.hold({ preventDefault: late });
  expect(late).not.toHaveBeenCalled();
});
