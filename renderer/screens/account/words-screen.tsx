import { useState } from 'react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Attention } from '../../components/attention.tsx';
import { Button } from '../../components/button.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { SetupFrame } from '../../components/setup-frame.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient, usePage, useView } from '../../state/use-page.ts';
import { COMMON } from '../../text/common.ts';
import { RECOVERY_WORDS } from '../../text/recovery-words.ts';
import { ConfirmWords } from './confirm-words.tsx';
import { WordsList } from './words-list.tsx';

type Step = 'before' | 'shown' | 'confirm' | 'done';

/**
 * The recovery words: shown when the person asks, printed or saved, then proved from the paper. They are in no store: the
 * page holds them as long as they stand on the screen.
 */
export function WordsScreen() {
  const client = useClient();
  const { begin } = usePage();
  const state = useView(({ account }) => account?.words ?? 'elsewhere');
  const [step, setStep] = useState<Step>('before');
  const [words, setWords] = useState<readonly string[]>([]);
  const show = useAction(
    () => client.accountWords(),
    (shown) => {
      setWords(shown);
      setStep('shown');
    },
  );
  const goTo = (next: Step) => {
    setWords([]);
    setStep(next);
  };
  const leave = () => {
    begin({ screen: 'home' });
  };
  if (step === 'done') {
    return <Said title={RECOVERY_WORDS.doneTitle} lead={RECOVERY_WORDS.doneLead} onDone={leave} />;
  }
  if (state !== 'to-be-written-down') {
    return <Said title={RECOVERY_WORDS.goneTitle} lead={RECOVERY_WORDS.gone} onDone={leave} />;
  }
  if (step === 'confirm') {
    return (
      <ConfirmWords
        onDone={() => {
          goTo('done');
        }}
        onLook={() => {
          goTo('before');
        }}
      />
    );
  }
  return (
    <SetupFrame
      barStart={<Button onClick={leave}>{COMMON.later}</Button>}
      barEnd={
        step === 'before' ? (
          <Button kind="primary" action={show}>
            {RECOVERY_WORDS.show}
          </Button>
        ) : (
          <Button
            kind="primary"
            onClick={() => {
              goTo('confirm');
            }}
          >
            {RECOVERY_WORDS.written}
          </Button>
        )
      }
    >
      <PageHead title={RECOVERY_WORDS.title} lead={RECOVERY_WORDS.lead} />
      {step === 'shown' ? (
        <WordsList words={words} />
      ) : (
        <Attention title={RECOVERY_WORDS.nothingTitle}>
          <p>{RECOVERY_WORDS.nothing}</p>
        </Attention>
      )}
      <p className="muted section prose">{RECOVERY_WORDS.whoHas}</p>
      <p className="muted hint">{RECOVERY_WORDS.laterNote}</p>
      <ActionFailure action={show} />
    </SetupFrame>
  );
}

interface SaidProps {
  readonly title: string;
  readonly lead: string;
  readonly onDone: () => void;
}

function Said({ title, lead, onDone }: SaidProps) {
  return (
    <SetupFrame
      key="said"
      barEnd={
        <Button kind="primary" onClick={onDone}>
          {RECOVERY_WORDS.done}
        </Button>
      }
    >
      <PageHead title={title} lead={lead} />
    </SetupFrame>
  );
}
