import { useEffect, useRef, type ReactNode } from 'react';
import { APP_NAME } from '../text/common.ts';

interface PageHeadProps {
  readonly title: string;
  /** The window's title, where it is another than the heading. */
  readonly windowTitle?: string;
  readonly lead?: ReactNode;
  /** Makes the lead a live region: it changes while the person looks. */
  readonly isLive?: boolean;
  /** At the right, beside the heading. */
  readonly end?: ReactNode;
}

/** The heading of a screen. It takes the focus when the screen opens, so that a screen reader begins there. */
export function PageHead({ title, windowTitle, lead, isLive = false, end }: PageHeadProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    document.title = `${windowTitle ?? title} – ${APP_NAME}`;
  }, [title, windowTitle]);
  return (
    <div className="page-head">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead !== undefined && (
          <p className="lead" role={isLive ? 'status' : undefined}>
            {lead}
          </p>
        )}
      </div>
      {end !== undefined && <div className="buttons">{end}</div>}
    </div>
  );
}
