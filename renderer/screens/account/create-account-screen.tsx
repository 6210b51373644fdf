import { useState } from 'react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { Choices } from '../../components/choices.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { SetupFrame } from '../../components/setup-frame.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient, usePage } from '../../state/use-page.ts';
import { ACCOUNT, isLocalName } from '../../text/account.ts';
import { COMMON } from '../../text/common.ts';
import { failureText } from '../../text/failures.ts';
import { JOIN } from '../../text/join.ts';

type Where = 'service' | 'here';

/** Which field a failure is about; what is about neither is said below the form. */
const AT_NAME: readonly string[] = ['account-name-taken'];
const AT_ADDRESS: readonly string[] = ['mesh-offline', 'mesh-malformed', 'mesh-certificate'];

/** *Use Endymail on your other devices too*: the account's name, and where it lives. */
export function CreateAccountScreen() {
  const client = useClient();
  const { begin, go } = usePage();
  const [where, setWhere] = useState<Where>('service');
  const [local, setLocal] = useState('');
  const [address, setAddress] = useState('');
  const [isTried, setTried] = useState(false);
  const isThere = where === 'service';
  const name = isThere ? `${local.trim()}@${address.trim()}` : local.trim();
  const create = useAction(
    () => client.accountCreate({ name, where }),
    () => {
      begin({ screen: 'recovery-words' });
    },
  );
  const { failure } = create;
  const says = failure === null ? null : `${failureText(failure).says} ${failureText(failure).advice}`;
  const isAtName = failure !== null && AT_NAME.includes(failure.code);
  const isAtAddress = isThere && failure !== null && AT_ADDRESS.includes(failure.code);
  const isNameRight = isLocalName(local.trim());
  const isAddressRight = !isThere || address.trim() !== '';
  const submit = () => {
    setTried(true);
    if (isNameRight && isAddressRight) create.run();
  };
  const nameWrong = local.trim() === '' ? ACCOUNT.nameMissing : ACCOUNT.nameWrong;
  return (
    <SetupFrame
      barStart={
        <div className="buttons">
          <Button
            onClick={() => {
              begin({ screen: 'home' });
            }}
          >
            {COMMON.later}
          </Button>
          <Button
            kind="plain"
            onClick={() => {
              go({ screen: 'join' });
            }}
          >
            {JOIN.haveAccount}
          </Button>
        </div>
      }
      barEnd={
        <Button kind="primary" type="submit" form="create-account" action={create}>
          {ACCOUNT.create}
        </Button>
      }
    >
      <PageHead title={ACCOUNT.title} lead={ACCOUNT.lead} />
      <form
        id="create-account"
        className="section"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Choices
          title={ACCOUNT.where}
          choices={[
            { value: 'service', label: ACCOUNT.service, sub: ACCOUNT.serviceSub },
            { value: 'here', label: ACCOUNT.here, sub: ACCOUNT.hereSub },
          ]}
          value={where}
          onChange={(value) => {
            setWhere(value);
            create.forget();
          }}
        />
        <TextField
          label={ACCOUNT.name}
          value={local}
          onChange={(text) => {
            setLocal(text);
            create.forget();
          }}
          hint={ACCOUNT.nameHint}
          wrong={isAtName ? says : isTried && !isNameRight ? nameWrong : null}
        />
        {isThere && (
          <TextField
            label={ACCOUNT.address}
            value={address}
            onChange={(text) => {
              setAddress(text);
              create.forget();
            }}
            hint={ACCOUNT.addressHint}
            wrong={isAtAddress ? says : isTried && !isAddressRight ? ACCOUNT.addressMissing : null}
          />
        )}
      </form>
      <p className="muted hint" role="status">
        {isNameRight && isAddressRight && ACCOUNT.willBe(name)}
      </p>
      {!isAtName && !isAtAddress && <ActionFailure action={create} onAgain={submit} />}
    </SetupFrame>
  );
}
