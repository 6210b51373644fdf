import { expect, it } from 'vitest';
import { boundsOnDisplays } from './window.ts';

const DISPLAY = { workArea: { x: 0, y: 30, width: 1_920, height: 1_050 } };
const RIGHT = { workArea: { x: 1_920, y: 0, width: 1_280, height: 1_024 } };
const bounds = (x: number, y: number, width = 960, height = 640) => ({ x, y, width, height });

it.each([
  ['where it was', bounds(100, 100), [DISPLAY]],
  ['on the other display', bounds(2_000, 50), [DISPLAY, RIGHT]],
  ['partly outside, with a title bar to take hold of', bounds(-800, 500), [DISPLAY]],
] as const)('comes back %s', (_where, given, displays) => {
  expect(boundsOnDisplays(given, displays)).toEqual(given);
});

it.each([
  ['on a display that is gone', bounds(2_000, 50), [DISPLAY]],
  ['left of everything', bounds(-950, 100), [DISPLAY]],
  ['with its title bar above the display', bounds(100, -400), [DISPLAY]],
  ['below the display', bounds(100, 1_070), [DISPLAY]],
  ['where there is none', bounds(0, 0), []],
  ['never moved', null, [DISPLAY]],
] as const)('is placed by the system: %s', (_where, given, displays) => {
  expect(boundsOnDisplays(given, displays)).toEqual({});
});

it('is never smaller than it can be used', () => {
  expect(boundsOnDisplays(bounds(100, 100, 10, 10), [DISPLAY])).toEqual(bounds(100, 100, 480, 420));
});
