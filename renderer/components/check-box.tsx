import { useId, type ReactNode } from 'react';

interface CheckBoxProps {
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
  readonly label: ReactNode;
  /** Below the label, part of the name. */
  readonly sub?: ReactNode;
  /** Below that, read as the description: why it is as it is. */
  readonly reason?: ReactNode;
  readonly disabled?: boolean;
  /** One line in running text, without the height of a row. */
  readonly isInline?: boolean;
  /** More of the description, elsewhere on the screen. */
  readonly describedBy?: string;
}

/** A tick with its words; the whole of it can be pressed. */
export function CheckBox(props: CheckBoxProps) {
  const { isChecked, onChange, label, sub, reason, disabled = false, isInline = false } = props;
  const id = useId();
  const describedBy = [reason === undefined ? '' : id, props.describedBy ?? ''].filter(Boolean).join(' ');
  return (
    <label className={isInline ? 'choice choice--inline' : 'choice'}>
      <input
        className="check"
        type="checkbox"
        checked={isChecked}
        disabled={disabled}
        aria-describedby={describedBy === '' ? undefined : describedBy}
        onChange={(event) => {
          onChange(event.target.checked);
        }}
      />
      <span className="row__text">
        <span className="row__name">{label}</span>
        {sub !== undefined && <span className="row__sub">{sub}</span>}
        {reason !== undefined && (
          <span className="choice__reason" id={id}>
            {reason}
          </span>
        )}
      </span>
    </label>
  );
}
