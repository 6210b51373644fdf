import { Undo2 } from 'lucide-react';
import { Icon } from '../../components/icon.tsx';
import { Note } from '../../components/note.tsx';
import { Section } from '../../components/section.tsx';
import { planLines, REVIEW } from '../../text/review.ts';
import type { Review } from './use-plans.ts';

/** The plan in plain words; what an undo takes back says so. */
export function PlanLines({ review: { groups, plans } }: { readonly review: Review }) {
  const byHand = groups.filter(({ choices }) => choices.byHand === true).flatMap(({ addresses }) => addresses);
  const lines = planLines(plans, byHand);
  if (lines.length === 0) return <Note>{groups.length === 0 ? REVIEW.noneLeft : REVIEW.nothing}</Note>;
  return (
    <Section title={REVIEW.list} isTitleHidden>
      <ul className="list list--closed plan">
        {lines.map(({ says, sub, stays }) => (
          <li key={says}>
            <div>
              <div className="row__name">{says}</div>
              <div className="row__sub">{sub}</div>
            </div>
            {stays !== true && <CanBeUndone />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function CanBeUndone() {
  return (
    <span className="plan__undo">
      <Icon of={Undo2} small />
      {REVIEW.canBeUndone}
    </span>
  );
}
