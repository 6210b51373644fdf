import type { ChangedByHandChoice } from '@endymail/shared/mail';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Choices } from '../../components/choices.tsx';
import { Details } from '../../components/details.tsx';
import { Section } from '../../components/section.tsx';
import { changesFacts } from '../../text/check-facts.ts';
import { TURN_OFF } from '../../text/turn-off.ts';
import type { Changes } from './use-changes.ts';

interface ChangesChoiceProps {
  readonly changes: Changes;
  readonly value: ChangedByHandChoice;
  readonly onChange: (value: ChangedByHandChoice) => void;
}

/** Whether what the person changed stays or goes back. Nothing where nothing was changed. */
export function ChangesChoice({ changes: { action, found }, value, onChange }: ChangesChoiceProps) {
  if (action.isShown) {
    return (
      <p className="waiting section" role="status">
        <span className="spinner" aria-hidden="true" />
        <span className="muted">{TURN_OFF.looking}</span>
      </p>
    );
  }
  if (found === null || found.length === 0) return <ActionFailure action={action} />;
  return (
    <Section title={TURN_OFF.changedHeading}>
      <Choices
        title={TURN_OFF.changed}
        choices={[
          { value: 'leave', label: TURN_OFF.leave },
          { value: 'put-back', label: TURN_OFF.putBack },
        ]}
        value={value}
        onChange={onChange}
      />
      <Details groups={[{ facts: changesFacts(found) }]} />
    </Section>
  );
}
