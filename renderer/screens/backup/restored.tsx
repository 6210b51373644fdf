import type { MailAddress } from '@endymail/shared/mail';
import { Copy } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Row } from '../../components/row.tsx';
import { Section } from '../../components/section.tsx';
import { SetupFrame } from '../../components/setup-frame.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient, usePage } from '../../state/use-page.ts';
import { RESTORE } from '../../text/backup.ts';
import { enableWords } from '../../text/choose.ts';
import { COMMON } from '../../text/common.ts';

const ROW_PX = 49;

/** How it ended, and where the data is that was here before; null: there was none. */
export type RestoreEnd =
  | {
      readonly kind: 'restored';
      readonly setAsideAs: string | null;
      /** Their keys are here; Thunderbird gets them when they are enabled. */
      readonly mailboxesOff: readonly MailAddress[];
      /** The account to which the backup's computer belonged: this one joins it anew. */
      readonly accountLeftOut?: string;
    }
  | { readonly kind: 'started-over'; readonly setAsideAs: string };

/** Said before home shows again: where the old data is, is said here only. */
export function Restored({ end }: { readonly end: RestoreEnd }) {
  const { replace } = usePage();
  const off = end.kind === 'restored' ? end.mailboxesOff : [];
  return (
    <SetupFrame
      barEnd={
        <>
          <Button
            kind={off.length === 0 ? 'primary' : 'plain-frame'}
            onClick={() => {
              replace({ screen: 'home' });
            }}
          >
            {RESTORE.toHome}
          </Button>
          {off.length > 0 && (
            <Button
              kind="primary"
              onClick={() => {
                replace({ screen: 'review', addresses: off });
              }}
            >
              {enableWords(off.length)}
            </Button>
          )}
        </>
      }
    >
      <PageHead
        title={end.kind === 'restored' ? RESTORE.done : RESTORE.startedOver}
        lead={end.kind === 'restored' ? RESTORE.next : RESTORE.startedOverNext}
      />
      {off.length > 0 && (
        <Section title={RESTORE.off}>
          <p className="muted">{RESTORE.offMeans}</p>
          <div className="hint">
            <VirtualList items={off} keyOf={(address) => address} estimatePx={ROW_PX}>
              {(address) => <Row name={address} />}
            </VirtualList>
          </div>
        </Section>
      )}
      {end.kind === 'restored' && end.accountLeftOut !== undefined && <AccountLeftOut name={end.accountLeftOut} />}
      {end.setAsideAs !== null && <SetAside path={end.setAsideAs} />}
    </SetupFrame>
  );
}

function AccountLeftOut({ name }: { readonly name: string }) {
  const { replace } = usePage();
  return (
    <Section
      title={RESTORE.accountHeading}
      end={
        <Button
          kind="plain"
          edge="end"
          onClick={() => {
            replace({ screen: 'join', name });
          }}
        >
          {RESTORE.join}
        </Button>
      }
    >
      <p className="muted">{RESTORE.accountLeftOut(name)}</p>
    </Section>
  );
}

function SetAside({ path }: { readonly path: string }) {
  const client = useClient();
  const copy = useAction(() => client.copyText(path));
  return (
    <Section
      title={RESTORE.setAsideAs}
      end={
        <Button kind="plain" icon={<Icon of={Copy} small />} action={copy}>
          {COMMON.copy}
        </Button>
      }
    >
      <p className="code path">{path}</p>
    </Section>
  );
}
