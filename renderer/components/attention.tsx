import { TriangleAlert, type LucideIcon } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { Icon } from './icon.tsx';

interface AttentionProps {
  readonly title: ReactNode;
  readonly icon?: LucideIcon;
  /** What is said and asked. */
  readonly children?: ReactNode;
  /** Beside the title. */
  readonly end?: ReactNode;
  readonly buttons?: ReactNode;
}

/** The one tinted box of a screen: something that needs the person. */
export function Attention({ title, icon = TriangleAlert, children, end, buttons }: AttentionProps) {
  const id = useId();
  return (
    <div className="attention section" role="group" aria-labelledby={id}>
      <div className="attention__head">
        <h2 className="attention__title" id={id}>
          <Icon of={icon} />
          <span>{title}</span>
        </h2>
        {end}
      </div>
      {children}
      {buttons !== undefined && <div className="buttons">{buttons}</div>}
    </div>
  );
}
