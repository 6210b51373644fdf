import { useEffect, useId, useRef } from 'react';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  /** What is wrong with it, in a sentence. */
  readonly wrong?: string | null;
  /** Takes the focus when it appears: where it is the one thing to do on the screen. */
  readonly isFirst?: boolean;
}

/** One line that is typed or pasted, with nothing put in or corrected by the browser. */
export function TextField({ label, value, onChange, hint, wrong = null, isFirst = false }: TextFieldProps) {
  const id = useId();
  const says = wrong ?? hint;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFirst) input.current?.focus();
  }, [isFirst]);
  return (
    <div className="field">
      <label className="field__label" htmlFor={id}>
        {label}
      </label>
      <div className="field__box">
        <input
          id={id}
          ref={input}
          type="text"
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
      </div>
      {says !== undefined && (
        <p className={wrong === null ? 'field__hint' : 'field__wrong'} id={`${id}-says`}>
          {says}
        </p>
      )}
    </div>
  );
}
