import { ChevronRight, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

interface RowProps {
  readonly name: ReactNode;
  readonly sub?: ReactNode;
  readonly icon?: LucideIcon;
  /** The icon in the colour of *needs you*. */
  readonly needsYou?: boolean;
  /** At the right: a state, or the one button. */
  readonly end?: ReactNode;
  /** Makes the whole row a button that leads somewhere. Then `end` holds no button. */
  readonly onOpen?: () => void;
}

/** A row of a list: what it is, what is said of it, and at the right its state or its one button. */
export function Row({ name, sub, icon, needsYou = false, end, onOpen }: RowProps) {
  const mark = icon !== undefined && (
    <span className={needsYou ? 'row__icon row__icon--attention' : 'row__icon'}>
      <Icon of={icon} />
    </span>
  );
  const text = (
    <span className="row__text">
      <span className="row__name">{name}</span>
      {sub !== undefined && <span className="row__sub">{sub}</span>}
    </span>
  );
  if (onOpen === undefined) {
    return (
      <div className="row">
        {mark}
        {text}
        {end}
      </div>
    );
  }
  return (
    <button className="row row--link" type="button" onClick={onOpen}>
      {mark}
      {text}
      {end !== undefined && <span className="row__end">{end}</span>}
      <Icon of={ChevronRight} small />
    </button>
  );
}
