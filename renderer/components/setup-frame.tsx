import type { ReactNode } from 'react';
import { APP_NAME } from '../text/common.ts';
import { STAGES, STAGES_NAME, type Stage } from '../text/setup.ts';

interface SetupFrameProps {
  readonly children: ReactNode;
  /** Which of the three steps this is; none: a screen of its own. */
  readonly stage?: Stage;
  /** The bar at the bottom: at the left the way back, at the right the way on. */
  readonly barStart?: ReactNode;
  readonly barEnd?: ReactNode;
}

/** A screen without navigation: one column, one bar of actions. */
export function SetupFrame({ children, stage, barStart, barEnd }: SetupFrameProps) {
  return (
    <div className="setup">
      <header className="setup__top">
        <span className="brand">{APP_NAME}</span>
        {stage !== undefined && (
          <ol className="stages" aria-label={STAGES_NAME}>
            {STAGES.map(({ id, name }, index) => (
              <li key={id} aria-current={id === stage ? 'step' : undefined}>
                <span className="stage__number">{index + 1}</span>
                {name}
              </li>
            ))}
          </ol>
        )}
      </header>
      {/* Reached by Tab, so that the keyboard can scroll it where nothing in it takes the focus. */}
      <main className="setup__body" tabIndex={0}>
        <div className="setup__column">{children}</div>
      </main>
      {(barStart !== undefined || barEnd !== undefined) && (
        <footer className="setup__bar">
          <div className="setup__bar-inner">
            {barStart ?? <span />}
            <div className="buttons">{barEnd}</div>
          </div>
        </footer>
      )}
    </div>
  );
}
