import { FileDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Icon } from '../../components/icon.tsx';
import { COMMON } from '../../text/common.ts';
import { ADD_PERSON, DROP, DROP_PROBLEMS, type DropProblem } from '../../text/people.ts';
import { AddPersonDialog } from './add-person-dialog.tsx';
import { droppedText } from './dropped-file.ts';
import { useReadPerson } from './use-add-person.ts';

type Drop =
  | { readonly kind: 'none' }
  | { readonly kind: 'over' }
  | { readonly kind: 'problem'; readonly problem: DropProblem }
  | { readonly kind: 'text'; readonly text: string };

const NONE: Drop = Object.freeze({ kind: 'none' });

/** A file that somebody shared can be dropped anywhere on the window. While it is over it, the window says what it does. */
export function DropToAdd() {
  const [drop, setDrop] = useState<Drop>(NONE);
  useEffect(() => listenForFiles(setDrop), []);
  const close = () => {
    setDrop(NONE);
  };
  switch (drop.kind) {
    case 'none':
      return null;
    case 'over':
      return (
        <div className="drop" role="status">
          <p className="drop__sign">
            <Icon of={FileDown} />
            {DROP.target}
          </p>
        </div>
      );
    case 'problem':
      return <ProblemDialog says={DROP_PROBLEMS[drop.problem]} onClose={close} />;
    case 'text':
      return <DroppedPerson text={drop.text} onClose={close} />;
  }
}

function DroppedPerson({ text, onClose }: { readonly text: string; readonly onClose: () => void }) {
  const { action, candidate } = useReadPerson(text);
  if (candidate !== null) return <AddPersonDialog candidate={candidate} onClose={onClose} />;
  if (action.failure === null) return null;
  return (
    <Dialog title={ADD_PERSON.readingFailed} onClose={onClose} bar={<Button onClick={onClose}>{COMMON.close}</Button>}>
      <ActionFailure action={{ ...action, forget: onClose }} onAgain={onClose} />
    </Dialog>
  );
}

function ProblemDialog({ says, onClose }: { readonly says: string; readonly onClose: () => void }) {
  return (
    <Dialog
      title={ADD_PERSON.readingFailed}
      onClose={onClose}
      bar={
        <Button kind="primary" onClick={onClose}>
          {COMMON.close}
        </Button>
      }
    >
      <p className="lead" role="alert">
        {says}
      </p>
    </Dialog>
  );
}

/** Takes files over the whole window, so that the browser never opens one in the place of the page. */
function listenForFiles(onDrop: (drop: Drop) => void): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
  const isTaken = (): boolean => document.querySelector('dialog[open]') === null;

  window.addEventListener(
    'dragover',
    (event) => {
      event.preventDefault();
      if (event.dataTransfer === null) return;
      const isWanted = hasFiles(event) && isTaken();
      event.dataTransfer.dropEffect = isWanted ? 'copy' : 'none';
      if (isWanted) onDrop({ kind: 'over' });
    },
    { signal },
  );
  window.addEventListener(
    'dragleave',
    (event) => {
      // Null where the pointer leaves the window, an element where it goes from one to the next.
      if (event.relatedTarget === null && isTaken()) onDrop(NONE);
    },
    { signal },
  );
  window.addEventListener(
    'drop',
    (event) => {
      event.preventDefault();
      if (!isTaken()) return;
      void droppedText([...(event.dataTransfer?.files ?? [])]).then((text) => {
        onDrop(text.ok ? { kind: 'text', text: text.value } : { kind: 'problem', problem: text.error });
      });
    },
    { signal },
  );
  return () => {
    listening.abort();
  };
}
