import { Check, Clock, X, type LucideIcon } from 'lucide-react';
import { STOPS, TRACK, type Stop } from '../text/progress.ts';
import { Icon } from './icon.tsx';

const DRAWINGS: Partial<Readonly<Record<Stop, LucideIcon>>> = Object.freeze({ done: Check, waiting: Clock, failed: X });

/** The way of one mailbox, with where it is. */
export function Track({ stops }: { readonly stops: readonly Stop[] }) {
  return (
    <ol className="track">
      {TRACK.map((name, index) => {
        const stop = stops[index] ?? 'todo';
        const drawing = DRAWINGS[stop];
        return (
          <li className={`is-${stop}`} key={name} aria-current={stop === 'now' ? 'step' : undefined}>
            <span className="track__mark">
              {stop === 'now' && <span className="spinner" aria-hidden="true" />}
              {drawing !== undefined && <Icon of={drawing} />}
            </span>
            {name}
            <span className="visually-hidden">, {STOPS[stop]}</span>
          </li>
        );
      })}
    </ol>
  );
}
