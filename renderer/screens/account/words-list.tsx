import { FileDown, Printer } from 'lucide-react';
import { useState } from 'react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient, useView } from '../../state/use-page.ts';
import { RECOVERY_WORDS } from '../../text/recovery-words.ts';

/** The words in numbered columns, with the ways to have them on paper. The shell prints and saves them by itself. */
export function WordsList({ words }: { readonly words: readonly string[] }) {
  const client = useClient();
  const name = useView(({ account }) => account?.name ?? '');
  const [saved, setSaved] = useState<string | null>(null);
  const print = useAction(() => client.printWords());
  const save = useAction(
    () => client.saveWords(),
    (file) => {
      setSaved(file?.fileName ?? null);
    },
  );
  return (
    <>
      <ol className="words" aria-label={RECOVERY_WORDS.list}>
        {words.map((word, index) => (
          <li key={index}>
            <span className="words__number" aria-hidden="true">
              {index + 1}
            </span>
            {word}
          </li>
        ))}
      </ol>
      <p className="hint">{RECOVERY_WORDS.nameToo(name)}</p>
      <div className="buttons after-list">
        <Button icon={<Icon of={Printer} small />} action={print}>
          {RECOVERY_WORDS.print}
        </Button>
        <Button icon={<Icon of={FileDown} small />} action={save}>
          {RECOVERY_WORDS.save}
        </Button>
      </div>
      <p className="muted hint" role="status">
        {saved !== null && RECOVERY_WORDS.saved(saved)}
      </p>
      <ActionFailure action={print} />
      <ActionFailure action={save} />
    </>
  );
}
