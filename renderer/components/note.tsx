import { Info, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

interface NoteProps {
  readonly children: ReactNode;
  readonly icon?: LucideIcon;
  /** After the sentence: the button that makes it go. */
  readonly end?: ReactNode;
}

/** A calm sentence that is worth knowing. */
export function Note({ children, icon = Info, end }: NoteProps) {
  return (
    <p className="note section">
      <Icon of={icon} />
      <span>{children}</span>
      {end}
    </p>
  );
}
