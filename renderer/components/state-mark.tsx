import type { ReactNode } from 'react';

export type Mark = 'protected' | 'ready' | 'off' | 'needs';

interface StateMarkProps {
  readonly mark: Mark;
  readonly children: ReactNode;
}

/** A state as a shape and a word: dot, ring, line, diamond. Colour only helps. */
export function StateMark({ mark, children }: StateMarkProps) {
  return <span className={`state state--${mark}`}>{children}</span>;
}
