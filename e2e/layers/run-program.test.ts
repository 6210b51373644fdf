import { describe, expect, it } from 'vitest';
import { runProgram } from './run-program.ts';

const node = (script: string, limitMs = 20_000): ReturnType<typeof runProgram> =>
  runProgram(process.execPath, ['-e', script], { env: {}, limitMs });

describe('runProgram', () => {
  it('collects both channels and the exit code', async () => {
    const end = await node('console.log("out"); console.error("err"); process.exitCode = 3');
    expect(end.code).toBe(3);
    expect(end.output.split('\n').sort()).toEqual(['', 'err', 'out']);
  });

  it('gives no input to wait for', async () => {
    expect(await node('process.stdin.resume().on("end", () => console.log("end"))')).toMatchObject({ code: 0 });
  });

  it('ends a program that takes too long, and says so', async () => {
    const end = await node('setInterval(() => {}, 1000)', 300);
    expect(end.code).toBe(124);
    expect(end.output).toContain('the limit was reached');
  });

  it('reports a program that is not there', async () => {
    expect(await runProgram('endymail-no-such-program', [], { env: {}, limitMs: 1_000 })).toMatchObject({ code: 127 });
  });
});
