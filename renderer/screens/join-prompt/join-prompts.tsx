import { useEffect } from 'react';
import { Button } from '../../components/button.tsx';
import { frontOf, heldBack, opened } from '../../state/asking.ts';
import { usePage, usePageState, useView } from '../../state/use-page.ts';
import { bannerWords, JOIN_PROMPT } from '../../text/join-prompt.ts';
import { JoinPrompt } from './join-prompt.tsx';

/**
 * The devices that ask to join, one question at a time, over whatever screen there is. Where the person types, or has
 * another question open, a line says it instead: nothing takes the keyboard from them.
 */
export function JoinPrompts() {
  const { store } = usePage();
  const pending = useView((view) => view.pending);
  const asking = usePageState((state) => state.asking);
  const { shown, held } = asking;
  const front = frontOf(pending, asking);

  useEffect(() => {
    if (shown !== null || front === null || front === held) return;
    const turn = isPersonBusy() ? heldBack : opened;
    store.setState((state) => ({ asking: turn(state.asking, front) }));
  }, [store, shown, front, held]);

  if (shown !== null) return <JoinPrompt key={shown} id={shown} />;
  if (front === null || front !== held) return null;
  return (
    <div className="asks" role="status">
      <span>{bannerWords(pending)}</span>
      <Button
        onClick={() => {
          store.setState((state) => ({ asking: opened(state.asking, front) }));
        }}
      >
        {JOIN_PROMPT.bannerLook}
      </Button>
    </div>
  );
}

/** A field that has the keyboard, or a question that is open: neither is taken away by another question. */
function isPersonBusy(): boolean {
  const field = document.activeElement;
  const isTyping =
    field instanceof HTMLTextAreaElement ||
    (field instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(field.type));
  return isTyping || document.querySelector('dialog[open]') !== null;
}
