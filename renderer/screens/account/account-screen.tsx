import { Key, RefreshCw, Server } from 'lucide-react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { Details } from '../../components/details.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Row } from '../../components/row.tsx';
import { Section } from '../../components/section.tsx';
import { useAction } from '../../state/use-action.ts';
import { useNow } from '../../state/use-now.ts';
import { useClient, usePage, useView } from '../../state/use-page.ts';
import { ACCOUNT, accountFacts, pinWords, syncSub, syncWords } from '../../text/account.ts';
import { AccountOffer } from './account-offer.tsx';
import { ChangedKey } from './changed-key.tsx';
import { Reachable } from './reachable.tsx';
import { Standing } from './standing.tsx';
import { Unconfirmed } from './unconfirmed.tsx';

/** The account: where it lives, its recovery words, and how sharing stands. */
export function AccountScreen() {
  const client = useClient();
  const { go } = usePage();
  const now = useNow();
  const account = useView((view) => view.account);
  const sync = useAction(() => client.syncNow());
  if (account === null) {
    return (
      <>
        <PageHead title={ACCOUNT.noneTitle} lead={ACCOUNT.noneLead} />
        <AccountOffer />
      </>
    );
  }
  if (account.standing !== 'member') return <Standing account={account} standing={account.standing} />;
  const isHere = account.service.kind === 'here';
  return (
    <>
      <PageHead title={account.name} windowTitle={ACCOUNT.heading} />
      <Section title={ACCOUNT.sharing} isTitleHidden>
        <ul className="list list--closed">
          <li>
            <Row
              icon={RefreshCw}
              needsYou={account.sync.problem !== null}
              name={syncWords(account.sync, now)}
              sub={syncSub(account.sync)}
              end={<Button action={sync}>{ACCOUNT.syncNow}</Button>}
            />
          </li>
          <li>
            <Row
              icon={Server}
              name={isHere ? ACCOUNT.keptHere : account.service.address}
              sub={isHere ? ACCOUNT.keptHereSub : (pinWords(account.pin) ?? ACCOUNT.keptThereSub)}
            />
          </li>
          <li>
            <Row
              icon={Key}
              needsYou={account.words === 'to-be-written-down'}
              name={ACCOUNT.words}
              sub={ACCOUNT.wordsSub[account.words]}
              end={
                account.words === 'to-be-written-down' ? (
                  <Button
                    onClick={() => {
                      go({ screen: 'recovery-words' });
                    }}
                  >
                    {ACCOUNT.writeDown}
                  </Button>
                ) : undefined
              }
            />
          </li>
        </ul>
      </Section>
      {account.sync.problem?.code === 'service-certificate-changed' && <ChangedKey />}
      {account.sync.problem?.code === 'account-unconfirmed' && <Unconfirmed />}
      {account.here !== null && <Reachable names={account.here.names} />}
      <ActionFailure action={sync} />
      <Details groups={[{ facts: accountFacts(account) }]} />
    </>
  );
}
