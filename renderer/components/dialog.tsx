import { useEffect, useId, useRef, type ReactNode } from 'react';

interface DialogProps {
  readonly title: string;
  /** The title takes the focus: where the first button is not the one to press by mistake. */
  readonly isTitleFirst?: boolean;
  readonly children: ReactNode;
  /** At the bottom: the way out at the left, the way on at the right. */
  readonly bar: ReactNode;
  /** Esc, or the way out. */
  readonly onClose: () => void;
}

/** A question in front of the window. Rendered means open; it takes the focus and gives it back. */
export function Dialog({ title, isTitleFirst = false, children, bar, onClose }: DialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const opened = dialog.current;
    const before = document.activeElement;
    opened?.showModal();
    heading.current?.focus();
    return () => {
      opened?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      className="dialog"
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="dialog__body">
        <h2 className="as-title" id={id} ref={isTitleFirst ? heading : null} tabIndex={isTitleFirst ? -1 : undefined}>
          {title}
        </h2>
        {children}
      </div>
      <div className="dialog__bar">{bar}</div>
    </dialog>
  );
}
