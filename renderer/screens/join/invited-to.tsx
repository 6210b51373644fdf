import { ActionFailure } from '../../components/action-failure.tsx';
import { Attention } from '../../components/attention.tsx';
import { Button } from '../../components/button.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { SetupFrame } from '../../components/setup-frame.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient, usePage } from '../../state/use-page.ts';
import { COMMON } from '../../text/common.ts';
import { JOIN } from '../../text/join.ts';

/** An invitation was opened or pasted: nothing is done before the person has read into which account it leads. */
export function InvitedTo({ name }: { readonly name: string }) {
  const client = useClient();
  const { back } = usePage();
  const join = useAction(() => client.joinByLink());
  const cancel = useAction(() => client.forgetLink(), back);
  return (
    <SetupFrame
      barStart={<Button action={cancel}>{COMMON.cancel}</Button>}
      barEnd={
        <Button kind="primary" action={join}>
          {JOIN.join}
        </Button>
      }
    >
      <PageHead title={JOIN.linkTitle} lead={JOIN.linkLead(name)} />
      <Attention title={JOIN.linkMeans}>
        <p>{JOIN.linkOnlyYours}</p>
      </Attention>
      <ActionFailure action={join} />
    </SetupFrame>
  );
}
