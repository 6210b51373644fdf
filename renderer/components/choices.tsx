import { useId } from 'react';

interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly sub?: string;
}

interface ChoicesProps<Value extends string> {
  readonly title: string;
  /** The title stands above already, as that of the section. */
  readonly isTitleHidden?: boolean;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** Beside each other: short ones. */
  readonly isInline?: boolean;
}

/** One of a few. */
export function Choices<Value extends string>(props: ChoicesProps<Value>) {
  const { title, isTitleHidden = false, choices, value, onChange, isInline = false } = props;
  const name = useId();
  return (
    <fieldset className={isInline ? 'choices choices--inline' : 'choices'}>
      <legend className={isTitleHidden ? 'visually-hidden' : 'choices__title'}>{title}</legend>
      {choices.map((choice) => (
        <label className="choice choice--radio" key={choice.value}>
          <input
            className="check check--radio"
            type="radio"
            name={name}
            checked={choice.value === value}
            onChange={() => {
              onChange(choice.value);
            }}
          />
          <span className="row__text">
            <span>{choice.label}</span>
            {choice.sub !== undefined && <span className="row__sub">{choice.sub}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
