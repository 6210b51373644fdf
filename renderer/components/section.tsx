import { useId, type ReactNode } from 'react';

interface SectionProps {
  readonly title: string;
  /** The title is said to a screen reader only: sight sees it from the list itself. */
  readonly isTitleHidden?: boolean;
  /** At the right, beside the title. */
  readonly end?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a screen with its title. */
export function Section({ title, isTitleHidden = false, end, children }: SectionProps) {
  const id = useId();
  return (
    <section className="section" aria-labelledby={id}>
      {isTitleHidden ? (
        <h2 id={id} className="visually-hidden">
          {title}
        </h2>
      ) : (
        <div className="section__head">
          <h2 id={id}>{title}</h2>
          {end !== undefined && <div className="buttons">{end}</div>}
        </div>
      )}
      {children}
    </section>
  );
}
