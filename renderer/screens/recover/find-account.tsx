import { useState } from 'react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { SetupFrame } from '../../components/setup-frame.tsx';
import { TextArea } from '../../components/text-area.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient, usePage } from '../../state/use-page.ts';
import { COMMON } from '../../text/common.ts';
import { failureText } from '../../text/failures.ts';
import { RECOVER, RECOVERY_WORD_COUNT, typedWords } from '../../text/recover.ts';
import type { Found } from './recover-screen.tsx';

const AT_NAME: readonly string[] = ['account-name-invalid', 'account-unknown'];

/** The name and the words: what they open is looked at before anything is done. */
export function FindAccount({ onFound }: { readonly onFound: (found: Found) => void }) {
  const client = useClient();
  const { back } = usePage();
  const [typedName, setName] = useState('');
  const [text, setText] = useState('');
  const [typedMark, setMark] = useState('');
  const [isTried, setTried] = useState(false);
  const name = typedName.trim();
  const words = typedWords(text);
  const paper = { name, words: words.join(' '), mark: typedMark.trim() === '' ? null : typedMark.trim() };
  const look = useAction(
    () => client.recoverPreview(paper),
    (preview) => {
      onFound({ ...paper, ...preview });
    },
  );
  const { failure } = look;
  const says = failure === null ? null : `${failureText(failure).says} ${failureText(failure).advice}`;
  const isAtName = failure !== null && AT_NAME.includes(failure.code);
  const isAtWords = failure?.code === 'words-wrong';
  const isAtMark = failure?.code === 'recover-older';
  const isComplete = words.length === RECOVERY_WORD_COUNT;
  return (
    <SetupFrame
      barStart={<Button onClick={back}>{COMMON.cancel}</Button>}
      barEnd={
        <Button kind="primary" type="submit" form="recover" action={look}>
          {RECOVER.look}
        </Button>
      }
    >
      <PageHead title={RECOVER.title} lead={RECOVER.lead} />
      <form
        id="recover"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (name !== '' && isComplete) look.run();
        }}
      >
        <TextField
          isFirst
          label={RECOVER.name}
          value={typedName}
          onChange={(changed) => {
            setName(changed);
            look.forget();
          }}
          hint={RECOVER.nameHint}
          wrong={isAtName ? says : isTried && name === '' ? RECOVER.nameMissing : null}
        />
        <TextArea
          label={RECOVER.words}
          value={text}
          onChange={(changed) => {
            setText(changed);
            look.forget();
          }}
          hint={RECOVER.wordsHint}
          wrong={isAtWords ? says : isTried && !isComplete ? RECOVER.wordsMissing(words.length) : null}
        />
        <TextField
          label={RECOVER.mark}
          value={typedMark}
          onChange={(changed) => {
            setMark(changed);
            look.forget();
          }}
          hint={RECOVER.markHint}
          wrong={isAtMark ? says : null}
        />
      </form>
      {!isAtName && !isAtWords && !isAtMark && <ActionFailure action={look} />}
    </SetupFrame>
  );
}
