import { Check, Minus } from 'lucide-react';
import { Icon } from './icon.tsx';

interface DoneRowProps {
  readonly mark: 'done' | 'now' | 'skipped';
  readonly name: string;
  readonly sub: string;
  /** At the right: when, or how far. */
  readonly end?: string;
}

/** One thing that is done, goes on, or is left out, in a list of what happened. */
export function DoneRow({ mark, name, sub, end }: DoneRowProps) {
  return (
    <li className="row">
      <span className={mark === 'skipped' ? 'done-mark is-skipped' : 'done-mark'}>
        {mark === 'now' ? (
          <span className="spinner" aria-hidden="true" />
        ) : (
          <Icon of={mark === 'done' ? Check : Minus} />
        )}
      </span>
      <div className="row__text">
        <div className="row__name">{name}</div>
        <div className="row__sub">{sub}</div>
      </div>
      {end !== undefined && <div className="row__end muted">{end}</div>}
    </li>
  );
}
