import { Button } from '../../components/button.tsx';
import { opened } from '../../state/asking.ts';
import { usePage, useView } from '../../state/use-page.ts';
import { JOIN_PROMPT, moreAsk } from '../../text/join-prompt.ts';

/** How many wait behind the device that is shown, with the way to the next: for the one whose digits are at hand. */
export function MoreAsk({ id }: { readonly id: string }) {
  const { store } = usePage();
  const { devices, answered } = useView((view) => view.pending);
  const waiting = devices.filter((one) => one.id === id || one.id !== answered?.id);
  const next = waiting[(waiting.findIndex((one) => one.id === id) + 1) % waiting.length];
  if (next === undefined || next.id === id) return null;
  return (
    <p className="waiting">
      <span>{moreAsk(waiting.length - 1)}</span>
      <Button
        kind="plain"
        onClick={() => {
          store.setState(({ asking }) => ({ asking: opened(asking, next.id) }));
        }}
      >
        {JOIN_PROMPT.next}
      </Button>
    </p>
  );
}
