import { useView } from '../../state/use-page.ts';
import { AskToJoin } from './ask-to-join.tsx';
import { Confirming } from './confirming.tsx';
import { Ended } from './ended.tsx';
import { InvitedTo } from './invited-to.tsx';
import { Joined } from './joined.tsx';
import { JoinRefused } from './join-refused.tsx';
import { WaitingToJoin } from './waiting-to-join.tsx';

/** Joining an account that exists, from the question to both devices being done; where it stands is the agent's to say. `name`: of the account. */
export function JoinScreen({ name }: { readonly name?: string | undefined }) {
  const joining = useView((view) => view.joining);
  const account = useView((view) => view.account);
  const invitedTo = useView((view) => view.invitedTo);
  if (joining?.kind === 'joined') return <Joined />;
  if (account !== null) return <JoinRefused account={account} />;
  if (invitedTo !== null) return <InvitedTo name={invitedTo.name} />;
  switch (joining?.kind) {
    case undefined:
      return <AskToJoin known={name ?? ''} />;
    case 'waiting':
      return <WaitingToJoin joining={joining} />;
    case 'confirming':
      return <Confirming name={joining.name} />;
    case 'ended':
      return <Ended name={joining.name} why={joining.why} />;
  }
}
