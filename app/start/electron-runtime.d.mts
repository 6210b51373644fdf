/** Electron's program; null where its runtime is not on this computer. */
export function electronProgram(): string | null;
