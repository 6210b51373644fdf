import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SingleInstanceLock, type SecondInstance } from './single-instance.ts';

let folder: string;
const locks: SingleInstanceLock[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'instance-'));
});

afterEach(() => {
  for (const lock of locks.splice(0)) lock.release();
  rmSync(folder, { recursive: true });
});

const lock = (): SingleInstanceLock => {
  const made = new SingleInstanceLock(folder);
  locks.push(made);
  return made;
};
const note = (...argv: readonly string[]): SecondInstance => ({
  argv,
  workingDirectory: '/',
  additionalData: new Map(),
});

describe('the lock of one instance', () => {
  it('is had by one, who is told of the others', async () => {
    const told = vi.fn();
    expect(lock().take(note('first'), told)).toBe(true);
    expect(lock().take(note('second'), vi.fn())).toBe(false);
    await vi.waitFor(() => {
      expect(told).toHaveBeenCalledWith(note('second'));
    });
    expect(readdirSync(join(folder, 'host', 'instance')).filter((name) => name.endsWith('.note'))).toEqual([]);
  });

  it('is kept by who has it, and free when they let it go', () => {
    const first = lock();
    expect(first.take(note(), vi.fn())).toBe(true);
    expect(first.take(note(), vi.fn())).toBe(true);
    first.release();
    expect(lock().take(note(), vi.fn())).toBe(true);
    expect(existsSync(join(folder, 'host', 'instance', 'lock.sqlite'))).toBe(true);
  });
});
