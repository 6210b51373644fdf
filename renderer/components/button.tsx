import type { ReactNode } from 'react';
import type { Action } from '../state/use-action.ts';

interface ButtonProps {
  readonly children: ReactNode;
  readonly kind?: 'plain-frame' | 'primary' | 'plain' | 'danger';
  readonly icon?: ReactNode;
  readonly onClick?: () => void;
  /** What it starts: then it shows that this goes on, and can not be pressed twice. */
  readonly action?: Action;
  readonly disabled?: boolean;
  readonly type?: 'button' | 'submit';
  /** The form that it sends, where it stands outside of it. */
  readonly form?: string;
  /** Aligns the text of a plain button with what stands above it. */
  readonly edge?: 'start' | 'end';
  readonly describedBy?: string | undefined;
  /** Its name for a screen reader, where its words say too little alone; it begins with them. */
  readonly label?: string;
}

const KINDS = Object.freeze({
  'plain-frame': '',
  primary: 'button--primary',
  plain: 'button--plain',
  danger: 'button--danger',
});

/** A button. While its action goes on it keeps the focus (`aria-disabled`, not `disabled`) and does nothing. */
export function Button(props: ButtonProps) {
  const {
    children,
    kind = 'plain-frame',
    icon,
    onClick,
    action,
    disabled = false,
    type = 'button',
    form,
    edge,
  } = props;
  const isBusy = action?.isRunning ?? false;
  const className = ['button', KINDS[kind], edge === undefined ? '' : `is-${edge}`].filter(Boolean).join(' ');
  return (
    <button
      className={className}
      type={type}
      form={form}
      disabled={disabled}
      aria-disabled={isBusy || undefined}
      aria-busy={isBusy || undefined}
      aria-describedby={props.describedBy}
      aria-label={props.label}
      onClick={(event) => {
        if (isBusy) event.preventDefault();
        else if (onClick !== undefined) onClick();
        // A form runs its own action: also when Enter sends it.
        else if (type === 'button') action?.run();
      }}
    >
      {action?.isShown === true ? <span className="spinner" aria-hidden="true" /> : icon}
      {children}
    </button>
  );
}
