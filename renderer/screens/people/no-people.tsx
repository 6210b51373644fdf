import { FileInput, Share2 } from 'lucide-react';
import { useState } from 'react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { usePage, useView } from '../../state/use-page.ts';
import type { Action } from '../../state/use-action.ts';
import { NO_PEOPLE, PEOPLE } from '../../text/people.ts';
import { ShareDialog } from './share-dialog.tsx';

/** Nobody yet: it takes two, and here are both steps. */
export function NoPeople({ choose }: { readonly choose: Action }) {
  const { go } = usePage();
  const [isChoosing, setChoosing] = useState(false);
  const enabled = useView(({ mailboxes }) => mailboxes.rows).filter(({ state }) => state !== 'off');
  const [first] = enabled;
  const share = () => {
    if (first !== undefined && enabled.length === 1) go({ screen: 'share', address: first.address });
    else setChoosing(true);
  };
  return (
    <>
      <div className="two section">
        <div>
          <h2>{NO_PEOPLE.shareTitle}</h2>
          <p className="prose is-muted">{first === undefined ? NO_PEOPLE.shareNone : NO_PEOPLE.shareText}</p>
          <div className="buttons after-list">
            <Button icon={<Icon of={Share2} small />} disabled={first === undefined} onClick={share}>
              {NO_PEOPLE.share}
            </Button>
          </div>
        </div>
        <div>
          <h2>{NO_PEOPLE.addTitle}</h2>
          <p className="prose is-muted">{NO_PEOPLE.addText}</p>
          <div className="buttons after-list">
            <Button kind="primary" icon={<Icon of={FileInput} small />} action={choose}>
              {PEOPLE.add}
            </Button>
          </div>
        </div>
      </div>
      <ActionFailure action={choose} />
      {isChoosing && (
        <ShareDialog
          mailboxes={enabled}
          onClose={() => {
            setChoosing(false);
          }}
        />
      )}
    </>
  );
}
