import { useState } from 'react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Section } from '../../components/section.tsx';
import { SetupFrame } from '../../components/setup-frame.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient, usePage } from '../../state/use-page.ts';
import { COMMON } from '../../text/common.ts';
import { failureText } from '../../text/failures.ts';
import { JOIN } from '../../text/join.ts';

/** What is wrong with a name is said at the name. */
const AT_NAME: readonly string[] = ['account-name-invalid', 'account-unknown'];

/** *I already have an account*: by its name, or by an invitation. `known`: the name, where it is known; else empty. */
export function AskToJoin({ known }: { readonly known: string }) {
  const client = useClient();
  const { back, go } = usePage();
  const [name, setName] = useState(known);
  const [isTried, setTried] = useState(false);
  const request = useAction(() => client.joinRequest(name.trim()));
  const { failure } = request;
  const atName = failure !== null && AT_NAME.includes(failure.code) ? failureText(failure) : null;
  return (
    <SetupFrame
      barStart={<Button onClick={back}>{COMMON.cancel}</Button>}
      barEnd={
        <Button kind="primary" type="submit" form="join" action={request}>
          {JOIN.request}
        </Button>
      }
    >
      <PageHead title={JOIN.title} lead={JOIN.lead} />
      <form
        id="join"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (name.trim() !== '') request.run();
        }}
      >
        <TextField
          isFirst
          label={JOIN.name}
          value={name}
          onChange={(text) => {
            setName(text);
            request.forget();
          }}
          hint={JOIN.nameHint}
          wrong={
            atName !== null
              ? `${atName.says} ${atName.advice}`
              : isTried && name.trim() === ''
                ? JOIN.nameMissing
                : null
          }
        />
      </form>
      {atName === null && <ActionFailure action={request} />}
      <Invitation />
      <div className="buttons section">
        <Button
          kind="plain"
          edge="start"
          onClick={() => {
            go({ screen: 'recover' });
          }}
        >
          {JOIN.lost}
        </Button>
      </div>
    </SetupFrame>
  );
}

/** The link is a secret: it is held here only, until it was used. */
function Invitation() {
  const client = useClient();
  const [link, setLink] = useState('');
  const [isTried, setTried] = useState(false);
  const look = useAction(() => client.readLink(link.trim()));
  return (
    <Section title={JOIN.invitation}>
      <p className="muted">{JOIN.invitationLead}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (link.trim() !== '') look.run();
        }}
      >
        <TextField
          label={JOIN.link}
          value={link}
          onChange={(text) => {
            setLink(text);
            look.forget();
          }}
          wrong={isTried && link.trim() === '' ? JOIN.linkMissing : null}
        />
        <div className="buttons after-list">
          <Button type="submit" action={look}>
            {JOIN.useLink}
          </Button>
        </div>
      </form>
      <ActionFailure action={look} />
    </Section>
  );
}
