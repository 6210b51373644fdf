import type { MailAddress } from '@endymail/shared/mail';
import { BackLink } from '../../components/back-link.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Section } from '../../components/section.tsx';
import { COMMON } from '../../text/common.ts';
import { TURN_OFF } from '../../text/turn-off.ts';
import { UndoForm } from './undo-form.tsx';

/** Turns one mailbox off: what is returned, what is kept, and the button. */
export function TurnOffScreen({ address }: { readonly address: MailAddress }) {
  return (
    <>
      <BackLink>{COMMON.back}</BackLink>
      <PageHead title={TURN_OFF.heading} lead={TURN_OFF.lead(address)} />
      <Section title={TURN_OFF.returnedHeading}>
        <p className="prose is-muted">{TURN_OFF.returned}</p>
      </Section>
      <Section title={TURN_OFF.keptHeading}>
        <p className="prose is-muted">{TURN_OFF.kept}</p>
      </Section>
      <UndoForm addresses={[address]} button={TURN_OFF.confirm} done={TURN_OFF.done(address)} />
    </>
  );
}
