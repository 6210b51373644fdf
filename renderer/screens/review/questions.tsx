import type { MailboxView } from '@endymail/shared/ipc';
import type { ChangePlan, MailAddress } from '@endymail/shared/mail';
import { CircleAlert, Clock } from 'lucide-react';
import { useId } from 'react';
import { Attention } from '../../components/attention.tsx';
import { Button } from '../../components/button.tsx';
import { CheckBox } from '../../components/check-box.tsx';
import { Choices } from '../../components/choices.tsx';
import { Note } from '../../components/note.tsx';
import { Row } from '../../components/row.tsx';
import { Section } from '../../components/section.tsx';
import { COMMON } from '../../text/common.ts';
import { failureText } from '../../text/failures.ts';
import { changedWords, consentWords, ownWords, REVIEW } from '../../text/review.ts';
import { hasOwnSetup, keptRows, type Decisions } from './decisions.ts';
import { CanBeUndone } from './plan-lines.tsx';
import type { Review } from './use-plans.ts';

interface QuestionsProps {
  readonly rows: readonly MailboxView[];
  readonly review: Review;
  readonly decisions: Decisions;
  readonly onDecide: (decisions: Decisions) => void;
  /** Looks once more, after something in the way was mended. */
  readonly onAgain: () => void;
}

/** What only the person can say, and what stands in the way. */
export function Questions({ rows, review, decisions, onDecide, onAgain }: QuestionsProps) {
  const touching = review.asked.filter(({ consents }) => consents.length > 0);
  const kept = keptRows(rows, decisions);
  return (
    <>
      {touching.map((plan) => (
        <Consent
          key={plan.profileId}
          plan={plan}
          mailboxes={kept
            .filter(({ places }) => places.some(({ profileId }) => profileId === plan.profileId))
            .map(({ address }) => address)}
          isAccepted={decisions.accepted.has(plan.profileId)}
          onChange={(isAccepted) => {
            onDecide({ ...decisions, accepted: withOrWithout(decisions.accepted, plan.profileId, isAccepted) });
          }}
        />
      ))}
      <OwnSetups rows={rows} decisions={decisions} onDecide={onDecide} />
      <Changed review={review} decisions={decisions} onDecide={onDecide} />
      <Obstacles plans={review.plans} onAgain={onAgain} />
    </>
  );
}

interface ConsentProps {
  readonly plan: ChangePlan;
  readonly mailboxes: readonly MailAddress[];
  readonly isAccepted: boolean;
  readonly onChange: (isAccepted: boolean) => void;
}

/** Automatic encryption is a switch of the whole profile: whom else it touches there. */
function Consent({ plan, mailboxes, isAccepted, onChange }: ConsentProps) {
  const id = useId();
  const { title, says, tick, otherwise } = consentWords(plan, mailboxes);
  return (
    <Attention title={title} end={<CanBeUndone />}>
      <div id={`${id}-why`}>
        {says.map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
      <CheckBox isInline isChecked={isAccepted} label={tick} describedBy={`${id}-why ${id}-not`} onChange={onChange} />
      <p className="muted" id={`${id}-not`}>
        {otherwise}
      </p>
    </Attention>
  );
}

function OwnSetups({ rows, decisions, onDecide }: Pick<QuestionsProps, 'rows' | 'decisions' | 'onDecide'>) {
  const own = rows.filter(hasOwnSetup);
  if (own.length === 0) return null;
  return (
    <Section title={REVIEW.own}>
      <ul className="list list--closed">
        {own.map(({ address, places }) => {
          const isSmime = places.some(({ setup }) => setup === 'own-smime');
          const { label, reason } = ownWords(address, isSmime ? 'own-smime' : 'own-openpgp');
          return (
            <li key={address}>
              <CheckBox
                isChecked={decisions.replaced.has(address)}
                label={label}
                reason={reason}
                onChange={(isReplaced) => {
                  onDecide({ ...decisions, replaced: withOrWithout(decisions.replaced, address, isReplaced) });
                }}
              />
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

/** What was changed by hand stays to be asked while it is to be put back: the plan no longer names it then. */
function Changed({ review, decisions, onDecide }: Pick<QuestionsProps, 'review' | 'decisions' | 'onDecide'>) {
  const changed = review.asked.flatMap((plan) => plan.changedByHand);
  if (changed.length === 0 && decisions.changedByHand === 'leave') return null;
  return (
    <Section title={REVIEW.changed}>
      {changed.length > 0 && <p className="muted">{changedWords(changed)}</p>}
      <Choices
        title={REVIEW.changed}
        isTitleHidden
        value={decisions.changedByHand}
        choices={[
          { value: 'leave', label: REVIEW.changedLeave },
          { value: 'put-back', label: REVIEW.changedPutBack },
        ]}
        onChange={(changedByHand) => {
          onDecide({ ...decisions, changedByHand });
        }}
      />
    </Section>
  );
}

function Obstacles({ plans, onAgain }: { readonly plans: readonly ChangePlan[]; readonly onAgain: () => void }) {
  const obstacles = plans.flatMap((plan) => plan.obstacles);
  const inTheWay = obstacles.filter(({ code }) => code !== 'client-running' && code !== 'client-started');
  return (
    <>
      {obstacles.length > inTheWay.length && <Note icon={Clock}>{REVIEW.running}</Note>}
      {inTheWay.length > 0 && (
        <Section title={REVIEW.inTheWay} end={<Button onClick={onAgain}>{COMMON.lookAgain}</Button>}>
          <ul className="list list--closed">
            {inTheWay.map((obstacle, index) => {
              const { says, advice } = failureText(obstacle);
              return (
                <li key={index}>
                  <Row icon={CircleAlert} needsYou name={says} sub={advice} />
                </li>
              );
            })}
          </ul>
        </Section>
      )}
    </>
  );
}

function withOrWithout<T>(values: ReadonlySet<T>, value: T, isIn: boolean): ReadonlySet<T> {
  return new Set(isIn ? [...values, value] : [...values].filter((other) => other !== value));
}
