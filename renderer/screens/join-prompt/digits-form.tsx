import type { PendingDevice } from '@endymail/shared/account';
import { useId, useState } from 'react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { CheckBox } from '../../components/check-box.tsx';
import { Details } from '../../components/details.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DigitField, DIGITS } from '../../components/digit-field.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient, useView } from '../../state/use-page.ts';
import { askedWords, JOIN_PROMPT, requestFacts } from '../../text/join-prompt.ts';
import { MoreAsk } from './more-ask.tsx';

interface DigitsFormProps {
  readonly request: PendingDevice;
  /** It was approved already, and the other device is waited for. */
  readonly isApproving: boolean;
  readonly onLater: () => void;
}

/** The question itself. It approves only with six digits, and shows nothing that the device says of itself. */
export function DigitsForm({ request, isApproving, onLater }: DigitsFormProps) {
  const client = useClient();
  const account = useView((view) => view.account?.name ?? '');
  const [digits, setDigits] = useState('');
  const [mayApprove, setMayApprove] = useState(false);
  const id = useId();
  const approval = useAction(() => client.approve(request.id, digits, { mayApprove }));
  const rejection = useAction(() => client.reject(request.id));
  const isWaiting = isApproving || approval.isRunning;
  return (
    <Dialog
      title={JOIN_PROMPT.title}
      onClose={onLater}
      bar={
        <>
          <Button kind="danger" action={rejection} disabled={isWaiting} describedBy={`${id}-not-me`}>
            {JOIN_PROMPT.notMe}
          </Button>
          <div className="dialog__end">
            <Button kind="plain" onClick={onLater}>
              {JOIN_PROMPT.later}
            </Button>
            <Button
              kind="primary"
              type="submit"
              form={id}
              action={approval}
              disabled={digits.length < DIGITS && !isWaiting}
            >
              {JOIN_PROMPT.approve}
            </Button>
          </div>
        </>
      }
    >
      <dl className="claims">
        <dt>{JOIN_PROMPT.account}</dt>
        <dd>{account}</dd>
        <dt>{JOIN_PROMPT.asked}</dt>
        <dd>{askedWords(request.askedAt, new Date())}</dd>
        <dt>{JOIN_PROMPT.saysItIs}</dt>
        <dd className="muted">{JOIN_PROMPT.saysLater}</dd>
      </dl>
      <form
        id={id}
        onSubmit={(event) => {
          event.preventDefault();
          if (digits.length === DIGITS && !isWaiting && !rejection.isRunning) approval.run();
        }}
      >
        <label className="digit-label" htmlFor={`${id}-digits`}>
          {JOIN_PROMPT.type} <strong>{JOIN_PROMPT.only}</strong>
        </label>
        <DigitField
          id={`${id}-digits`}
          value={digits}
          onChange={setDigits}
          disabled={isWaiting}
          describedBy={`${id}-gets`}
        />
        <p className="muted" id={`${id}-gets`}>
          {JOIN_PROMPT.gets}
        </p>
        <CheckBox
          isChecked={mayApprove}
          onChange={setMayApprove}
          label={JOIN_PROMPT.mayApprove}
          sub={JOIN_PROMPT.mayApproveSub}
          disabled={isWaiting}
        />
      </form>
      <p className="muted hint" id={`${id}-not-me`}>
        {JOIN_PROMPT.notMeMeans}
      </p>
      <p className="muted" role="status">
        {isWaiting ? JOIN_PROMPT.waiting : ''}
      </p>
      <ActionFailure action={approval} />
      <ActionFailure action={rejection} />
      {!isWaiting && <MoreAsk id={request.id} />}
      <Details groups={[{ facts: requestFacts(request) }]} />
    </Dialog>
  );
}
