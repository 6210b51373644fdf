import { Archive, CirclePlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { Row } from '../../components/row.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient, usePage } from '../../state/use-page.ts';
import { CLOSED_WORDS } from '../../text/closed.ts';
import { COMMON } from '../../text/common.ts';

/** The data that is here can not be opened any more: a backup in its place, or a new beginning. */
export function RestoreOrStartOver() {
  const { go } = usePage();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <ul className="list list--closed section">
        <li>
          <Row
            icon={Archive}
            name={CLOSED_WORDS.restoreTitle}
            sub={CLOSED_WORDS.restoreSub}
            end={
              <Button
                kind="primary"
                onClick={() => {
                  go({ screen: 'restore' });
                }}
              >
                {COMMON.restore}
              </Button>
            }
          />
        </li>
        <li>
          <Row
            icon={CirclePlus}
            name={CLOSED_WORDS.overTitle}
            sub={CLOSED_WORDS.overSub}
            end={
              <Button
                onClick={() => {
                  setAsking(true);
                }}
              >
                {CLOSED_WORDS.over}
              </Button>
            }
          />
        </li>
      </ul>
      {isAsking && (
        <StartOverDialog
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </>
  );
}

/** What starting over means, before it is done. */
function StartOverDialog({ onClose }: { readonly onClose: () => void }) {
  const client = useClient();
  const { begin } = usePage();
  const over = useAction(
    () => client.startOver(),
    () => {
      begin({ screen: 'home' });
    },
  );
  return (
    <Dialog
      title={CLOSED_WORDS.overAsk}
      onClose={onClose}
      bar={
        <>
          <Button onClick={onClose}>{COMMON.cancel}</Button>
          <Button kind="danger" action={over}>
            {CLOSED_WORDS.overDo}
          </Button>
        </>
      }
    >
      {CLOSED_WORDS.overText.map((text) => (
        <p className="hint" key={text}>
          {text}
        </p>
      ))}
      {over.failure !== null && <FailureNote failure={over.failure} />}
    </Dialog>
  );
}
