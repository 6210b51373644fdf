import type { ProfileId } from '@endymail/shared/mail';
import { Laptop, Send, UserPlus } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { Row } from '../../components/row.tsx';
import { Section } from '../../components/section.tsx';
import type { Enabling } from '../../state/enabling.ts';
import { useAction } from '../../state/use-action.ts';
import { useClient, usePage, useView } from '../../state/use-page.ts';
import { ACCOUNT } from '../../text/account.ts';
import { PROGRESS } from '../../text/progress.ts';

/** All is set up: open again what was closed for it, and what makes the first mail an encrypted one. */
export function WhatNow({ enabling: { addresses, waitedFor } }: { readonly enabling: Enabling }) {
  const { go } = usePage();
  const [first] = addresses;
  const hasNoAccount = useView(({ account }) => account === null);
  return (
    <>
      {[...waitedFor].map((id) => (
        <OpenAgain key={id} id={id} />
      ))}
      <Section title={PROGRESS.nextTitle}>
        <ul className="list list--closed">
          {hasNoAccount && (
            <li>
              <Row
                icon={Laptop}
                name={ACCOUNT.title}
                sub={ACCOUNT.offerSub}
                end={
                  <Button
                    onClick={() => {
                      go({ screen: 'create-account' });
                    }}
                  >
                    {ACCOUNT.setUp}
                  </Button>
                }
              />
            </li>
          )}
          {first !== undefined && (
            <li>
              <Row
                icon={Send}
                name={PROGRESS.shareTitle}
                sub={PROGRESS.shareSub}
                end={
                  <Button
                    onClick={() => {
                      go({ screen: 'share', address: first });
                    }}
                  >
                    {PROGRESS.share}
                  </Button>
                }
              />
            </li>
          )}
          <li>
            <Row
              icon={UserPlus}
              name={PROGRESS.addTitle}
              sub={PROGRESS.addSub}
              end={
                <Button
                  onClick={() => {
                    go({ screen: 'people' });
                  }}
                >
                  {PROGRESS.toPeople}
                </Button>
              }
            />
          </li>
        </ul>
      </Section>
    </>
  );
}

function OpenAgain({ id }: { readonly id: ProfileId }) {
  const client = useClient();
  const open = useAction(() => client.openClient(id));
  return (
    <>
      <div className="buttons section">
        <Button action={open}>{PROGRESS.openAgain}</Button>
      </div>
      {open.failure !== null && <FailureNote failure={open.failure} />}
    </>
  );
}
