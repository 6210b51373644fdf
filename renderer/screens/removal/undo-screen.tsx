import { useState } from 'react';
import { BackLink } from '../../components/back-link.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Section } from '../../components/section.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { useView } from '../../state/use-page.ts';
import { FRAME } from '../../text/frame.ts';
import { placesWords } from '../../text/mailbox.ts';
import { UNDO_ALL } from '../../text/removal.ts';
import { TURN_OFF } from '../../text/turn-off.ts';
import { UndoForm } from './undo-form.tsx';

const ROW_PX = 49;

/** Turns every mailbox off. The list is that of the moment in which the screen opened: it does not empty under the eyes. */
export function UndoScreen() {
  const rows = useView(({ mailboxes }) => mailboxes.rows);
  const [enabled] = useState(() => rows.filter(({ state }) => state !== 'off'));
  return (
    <>
      <BackLink>{FRAME.settings}</BackLink>
      <PageHead
        title={UNDO_ALL.heading}
        lead={enabled.length === 0 ? UNDO_ALL.nothing : UNDO_ALL.lead(enabled.length)}
      />
      {enabled.length > 0 && (
        <>
          <Section title={UNDO_ALL.mailboxes}>
            <VirtualList items={enabled} keyOf={({ address }) => address} estimatePx={ROW_PX}>
              {(row) => (
                <div className="row">
                  <span className="row__text">
                    <span className="row__name">{row.address}</span>
                    <span className="row__sub">{placesWords(row)}</span>
                  </span>
                </div>
              )}
            </VirtualList>
          </Section>
          <Section title={TURN_OFF.keptHeading}>
            <p className="prose is-muted">{UNDO_ALL.kept}</p>
          </Section>
          <UndoForm addresses="all" button={UNDO_ALL.confirm} done={UNDO_ALL.done} />
        </>
      )}
    </>
  );
}
