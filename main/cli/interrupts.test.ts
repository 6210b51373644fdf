import { beforeEach, describe, expect, it } from 'vitest';
import { EXIT_INTERRUPTED, createInterrupts, type Interrupts } from './interrupts.ts';

let interrupts: Interrupts;
let pressCtrlC: () => void;
let exits: number[];
let notes: string[];

beforeEach(() => {
  exits = [];
  notes = [];
  interrupts = createInterrupts({
    on: (_signal, listener) => {
      pressCtrlC = listener;
    },
    exit: (code) => exits.push(code),
    note: (text) => notes.push(text),
  });
});

describe('Ctrl+C', () => {
  it('ends the program while nothing is written', () => {
    pressCtrlC();
    expect(exits).toEqual([EXIT_INTERRUPTED]);
  });

  it('waits until what is being written is whole', () => {
    interrupts.writing(true);
    pressCtrlC();
    expect(exits).toEqual([]);
    expect(notes).toHaveLength(1);
    interrupts.writing(false);
    expect(exits).toEqual([EXIT_INTERRUPTED]);
  });

  it('does not wait when it is pressed twice', () => {
    interrupts.writing(true);
    pressCtrlC();
    pressCtrlC();
    expect(exits).toEqual([EXIT_INTERRUPTED]);
  });

  it('says *later* where a client is waited for, and nothing more', async () => {
    const pause = interrupts.pause(60_000);
    pressCtrlC();
    expect(await pause).toBe(false);
    expect(exits).toEqual([]);
  });
});

it('a pause ends by itself, and what was written then does not end the program', async () => {
  expect(await interrupts.pause(1)).toBe(true);
  interrupts.writing(true);
  interrupts.writing(false);
  expect(exits).toEqual([]);
});
