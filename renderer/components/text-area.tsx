import { useId } from 'react';

interface TextAreaProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  /** What is wrong with it, in a sentence. */
  readonly wrong?: string | null;
}

/** Some lines that are typed, with nothing put in or corrected by the browser. */
export function TextArea({ label, value, onChange, hint, wrong = null }: TextAreaProps) {
  const id = useId();
  const says = wrong ?? hint;
  return (
    <div className="field">
      <label className="field__label" htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        className="field__area"
        rows={4}
        value={value}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        aria-invalid={wrong !== null || undefined}
        aria-describedby={says === undefined ? undefined : `${id}-says`}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
      {says !== undefined && (
        <p className={wrong === null ? 'field__hint' : 'field__wrong'} id={`${id}-says`}>
          {says}
        </p>
      )}
    </div>
  );
}
