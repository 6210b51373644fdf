import { ChevronLeft } from 'lucide-react';
import { usePage } from '../state/use-page.ts';
import { Icon } from './icon.tsx';

/** Above the heading of a screen: to where the person came from. */
export function BackLink({ children }: { readonly children: string }) {
  const { back } = usePage();
  return (
    <button className="back" type="button" onClick={back}>
      <Icon of={ChevronLeft} small />
      {children}
    </button>
  );
}
