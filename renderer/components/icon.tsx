import type { LucideIcon } from 'lucide-react';

interface IconProps {
  readonly of: LucideIcon;
  readonly small?: boolean;
}

/** A drawing beside words that say the same; a screen reader skips it. */
export function Icon({ of: Drawing, small = false }: IconProps) {
  return <Drawing className={small ? 'icon icon--small' : 'icon'} aria-hidden="true" />;
}
