/** As many as a device shows. */
export const DIGITS = 6;

interface DigitFieldProps {
  readonly id: string;
  readonly value: string;
  readonly onChange: (digits: string) => void;
  readonly disabled: boolean;
  readonly describedBy?: string;
}

/** One input over six cells: what is typed or pasted, without its spaces. The label is the caller's. */
export function DigitField({ id, value, onChange, disabled, describedBy }: DigitFieldProps) {
  return (
    <div className="digit-field">
      <div className="digit-field__cells" aria-hidden="true">
        {Array.from({ length: DIGITS }, (_, index) => (
          <i key={index} />
        ))}
      </div>
      <input
        id={id}
        value={value}
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        readOnly={disabled}
        aria-describedby={describedBy}
        onChange={(event) => {
          onChange(event.target.value.replace(/\D/g, '').slice(0, DIGITS));
        }}
      />
    </div>
  );
}
