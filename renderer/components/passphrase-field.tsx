import { Eye, EyeOff } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { COMMON } from '../text/common.ts';
import { Icon } from './icon.tsx';

interface PassphraseFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  /** What is wrong with it, in a sentence. */
  readonly wrong?: string | null;
  /** A new one, or one that exists: what a password manager offers. */
  readonly isNew?: boolean;
  /** Takes the focus when it appears: where it is the one thing to do on the screen. */
  readonly isFirst?: boolean;
}

/** A passphrase, hidden unless the person looks at it. It is in no store: the component that asks holds it. */
export function PassphraseField(props: PassphraseFieldProps) {
  const { label, value, onChange, hint, wrong = null, isNew = false, isFirst = false } = props;
  const id = useId();
  const [isSeen, setSeen] = useState(false);
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
      <div className="field__box field__box--secret">
        <input
          id={id}
          ref={input}
          type={isSeen ? 'text' : 'password'}
          value={value}
          autoComplete={isNew ? 'new-password' : 'current-password'}
          spellCheck={false}
          aria-invalid={wrong !== null || undefined}
          aria-describedby={says === undefined ? undefined : `${id}-says`}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
        <button
          className="button field__eye"
          type="button"
          aria-label={isSeen ? COMMON.hide : COMMON.show}
          aria-pressed={isSeen}
          onClick={() => {
            setSeen(!isSeen);
          }}
        >
          <Icon of={isSeen ? EyeOff : Eye} small />
        </button>
      </div>
      {says !== undefined && (
        <p className={wrong === null ? 'field__hint' : 'field__wrong'} id={`${id}-says`}>
          {says}
        </p>
      )}
    </div>
  );
}
