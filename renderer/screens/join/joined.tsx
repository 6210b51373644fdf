import type { DeviceView } from '@endymail/shared/account';
import type { AppView } from '@endymail/shared/ipc';
import { Button } from '../../components/button.tsx';
import { DevicePair } from '../../components/device-pair.tsx';
import { DoneRow } from '../../components/done-row.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { SetupFrame } from '../../components/setup-frame.tsx';
import { usePage, useView } from '../../state/use-page.ts';
import { momentWords } from '../../text/dates.ts';
import { JOIN, joinedMailbox, pairLabel, pairSub, syncedSub } from '../../text/join.ts';

/** More than fit are on Home. */
const SHOWN_MAILBOXES = 20;

/** Both devices show the same: who approved whom, what was shared, and the mailboxes set up one by one. */
export function Joined() {
  const { begin, client } = usePage();
  const account = useView((view) => view.account);
  const other = useView(otherDevice);
  const rows = useView(({ mailboxes }) => mailboxes.rows);
  const people = useView((view) => view.people.length);
  const asOf = account?.sync.asOf ?? null;
  const otherName = other === null || other.name === '' ? JOIN.otherDevice : other.name;
  const ownName = account?.device.name ?? '';
  return (
    <SetupFrame
      barEnd={
        <Button
          kind="primary"
          onClick={() => {
            void client.dismissJoining();
            begin({ screen: 'home' });
          }}
        >
          {JOIN.done}
        </Button>
      }
    >
      <PageHead title={JOIN.joinedTitle} lead={JOIN.joinedLead} isLive />
      <DevicePair
        label={pairLabel(otherName, ownName)}
        devices={[
          { name: otherName, sub: pairSub(other?.platform ?? '', 'approved'), platform: other?.platform ?? '' },
          {
            name: ownName,
            sub: pairSub(account?.device.platform ?? '', 'joined'),
            platform: account?.device.platform ?? '',
          },
        ]}
      />
      <ul className="list list--closed">
        <DoneRow mark="done" name={JOIN.approved} sub={JOIN.approvedSub} />
        {asOf === null ? (
          <DoneRow mark="now" name={JOIN.syncing} sub={account?.sync.problem?.message ?? ''} />
        ) : (
          <DoneRow
            mark="done"
            name={JOIN.synced}
            sub={syncedSub(rows.filter(({ state }) => state !== 'off').length, people)}
            end={momentWords(asOf, new Date())}
          />
        )}
        {asOf !== null &&
          rows
            .slice(0, SHOWN_MAILBOXES)
            .map(({ address, state }) => <DoneRow key={address} name={address} {...joinedMailbox(state)} />)}
      </ul>
    </SetupFrame>
  );
}

/** The one that approved, where there is only one that can have done it. */
function otherDevice({ devices }: AppView): DeviceView | null {
  const others = devices.filter(({ isThis, state }) => !isThis && state === 'active');
  return others.length === 1 ? (others[0] ?? null) : null;
}
