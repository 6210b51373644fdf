import { useState } from 'react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { SetupFrame } from '../../components/setup-frame.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient } from '../../state/use-page.ts';
import { askedPositions, RECOVERY_WORDS } from '../../text/recovery-words.ts';

const UINT32_VALUES = 2 ** 32;

/** A number from 0 to below 1. */
const randomPart = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / UINT32_VALUES;

interface ConfirmWordsProps {
  readonly onDone: () => void;
  /** Back to the words. */
  readonly onLook: () => void;
}

/** Three words from the paper, which no longer stand on the screen; the shell knows whether they are right. */
export function ConfirmWords({ onDone, onLook }: ConfirmWordsProps) {
  const client = useClient();
  const [asked] = useState(() => askedPositions(randomPart));
  const [typed, setTyped] = useState<ReadonlyMap<number, string>>(new Map());
  const [isTried, setTried] = useState(false);
  const wordAt = (position: number): string => (typed.get(position) ?? '').trim().toLowerCase();
  const confirm = useAction(
    () => client.accountConfirmWords(asked.map((position) => ({ position, word: wordAt(position) }))),
    onDone,
  );
  const isWrong = confirm.failure?.code === 'words-wrong';
  return (
    <SetupFrame
      key="confirm"
      barStart={<Button onClick={onLook}>{RECOVERY_WORDS.look}</Button>}
      barEnd={
        <Button kind="primary" type="submit" form="confirm-words" action={confirm}>
          {RECOVERY_WORDS.confirm}
        </Button>
      }
    >
      <PageHead title={RECOVERY_WORDS.confirmTitle} lead={RECOVERY_WORDS.confirmLead} />
      <form
        id="confirm-words"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (asked.every((position) => wordAt(position) !== '')) confirm.run();
        }}
      >
        {asked.map((position, index) => (
          <TextField
            key={position}
            isFirst={index === 0}
            label={RECOVERY_WORDS.word(position)}
            value={typed.get(position) ?? ''}
            onChange={(text) => {
              setTyped(new Map(typed).set(position, text));
              confirm.forget();
            }}
            wrong={isTried && wordAt(position) === '' ? RECOVERY_WORDS.missing : null}
          />
        ))}
      </form>
      {isWrong ? (
        <p className="field__wrong hint" role="alert">
          {RECOVERY_WORDS.wrong}
        </p>
      ) : (
        <ActionFailure action={confirm} />
      )}
    </SetupFrame>
  );
}
