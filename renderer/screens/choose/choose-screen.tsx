import type { MailboxView } from '@endymail/shared/ipc';
import type { MailAddress } from '@endymail/shared/mail';
import { FolderOpen, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { CheckBox } from '../../components/check-box.tsx';
import { DevicesNote } from '../../components/devices-note.tsx';
import { Icon } from '../../components/icon.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { SetupFrame } from '../../components/setup-frame.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient, usePage, useView } from '../../state/use-page.ts';
import { CHOOSE, enableWords, notTickedWords } from '../../text/choose.ts';
import { COMMON } from '../../text/common.ts';
import { JOIN } from '../../text/join.ts';
import { placesAndAccountsWords } from '../../text/mailbox.ts';

/** A row is two lines and its padding; one with a reason is measured when it is drawn. */
const ROW_PX = 65;

interface ChooseScreenProps {
  /** Nothing is enabled on this computer yet: there is no home to go back to. */
  readonly isFirst: boolean;
}

/** The mailboxes of this computer that are not enabled, with ticks. */
export function ChooseScreen({ isFirst }: ChooseScreenProps) {
  const page = usePage();
  const rows = useView(({ mailboxes }) => mailboxes.rows).filter(({ state }) => state === 'off');
  const [changed, setChanged] = useState<ReadonlyMap<MailAddress, boolean>>(new Map());
  const isTicked = ({ address, suggested }: MailboxView): boolean => changed.get(address) ?? suggested;
  const addresses = rows.filter(isTicked).map(({ address }) => address);

  return (
    <SetupFrame
      stage="choose"
      barStart={
        isFirst ? (
          <div className="buttons">
            <Button
              kind="plain"
              edge="start"
              onClick={() => {
                page.go({ screen: 'join' });
              }}
            >
              {JOIN.haveAccount}
            </Button>
            <Button
              kind="plain"
              onClick={() => {
                page.go({ screen: 'restore' });
              }}
            >
              {COMMON.restore}
            </Button>
          </div>
        ) : (
          <Button onClick={page.back}>{COMMON.cancel}</Button>
        )
      }
      barEnd={
        <Button
          kind="primary"
          disabled={addresses.length === 0}
          describedBy={addresses.length === 0 ? 'choose-why-not' : undefined}
          onClick={() => {
            page.go({ screen: 'review', addresses });
          }}
        >
          {enableWords(addresses.length)}
        </Button>
      }
    >
      <PageHead title={CHOOSE.title} lead={CHOOSE.lead} />
      <div className="section">
        <VirtualList items={rows} keyOf={({ address }) => address} estimatePx={ROW_PX} label={CHOOSE.list}>
          {(row) => (
            <CheckBox
              isChecked={isTicked(row)}
              label={row.address}
              sub={placesAndAccountsWords(row)}
              reason={notTickedWords(row) ?? undefined}
              onChange={(ticked) => {
                setChanged(new Map(changed).set(row.address, ticked));
              }}
            />
          )}
        </VirtualList>
      </div>
      <LookElsewhere />
      <p className="muted hint" id="choose-why-not" hidden={addresses.length > 0}>
        {rows.length === 0 ? CHOOSE.allEnabled : CHOOSE.nothingTicked}
      </p>
      <DevicesNote />
    </SetupFrame>
  );
}

/** *Other folder…* and *Look again*, below a list of mailboxes. */
function LookElsewhere() {
  const client = useClient();
  const addFolder = useAction(() => client.addFolder());
  const lookAgain = useAction(() => client.lookAgain());
  return (
    <>
      <div className="buttons">
        <Button kind="plain" edge="start" icon={<Icon of={FolderOpen} small />} action={addFolder}>
          {COMMON.otherFolder}
        </Button>
        <Button kind="plain" icon={<Icon of={RefreshCw} small />} action={lookAgain}>
          {COMMON.lookAgain}
        </Button>
      </div>
      <ActionFailure action={addFolder} />
      <ActionFailure action={lookAgain} />
    </>
  );
}
