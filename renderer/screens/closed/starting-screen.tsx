import { useEffect, useState } from 'react';
import { PageHead } from '../../components/page-head.tsx';
import { SetupFrame } from '../../components/setup-frame.tsx';
import { STARTING } from '../../text/closed.ts';

/** A start that is over sooner shows nothing. */
const SHOWN_AFTER_MS = 150;

/** Shown while the agent starts, or the mailboxes are looked for the first time. */
export function StartingScreen() {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setShown(true);
    }, SHOWN_AFTER_MS);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return (
    <SetupFrame>
      {isShown && (
        <>
          <PageHead title={STARTING.title} />
          <p className="waiting section" role="status">
            <span className="spinner" aria-hidden="true" />
            <span className="muted">{STARTING.says}</span>
          </p>
        </>
      )}
    </SetupFrame>
  );
}
