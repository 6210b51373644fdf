import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Section } from '../../components/section.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient, useView } from '../../state/use-page.ts';
import { SETTINGS } from '../../text/settings.ts';

/** Folders of Thunderbird that the person pointed at. */
export function FoldersSection() {
  const client = useClient();
  const folders = useView(({ settings }) => settings.folders);
  const [found, setFound] = useState<number | null>(null);
  const add = useAction(
    () => client.addFolder(),
    (added) => {
      setFound(added?.found ?? null);
    },
  );
  return (
    <Section
      title={SETTINGS.folders}
      end={
        <Button icon={<Icon of={FolderOpen} small />} action={add}>
          {SETTINGS.addFolder}
        </Button>
      }
    >
      <p className="muted prose">{SETTINGS.foldersLead}</p>
      {folders.length > 0 && (
        <ul className="list list--closed hint">
          {folders.map((path) => (
            <Folder key={path} path={path} />
          ))}
        </ul>
      )}
      <p className="muted hint" role="status">
        {found !== null && SETTINGS.foundInFolder(found)}
      </p>
      <ActionFailure action={add} />
    </Section>
  );
}

function Folder({ path }: { readonly path: string }) {
  const client = useClient();
  const remove = useAction(() => client.removeFolder(path));
  return (
    <li>
      <div className="row">
        <span className="row__text code path--plain">{path}</span>
        <Button action={remove} label={SETTINGS.removeFolderName(path)}>
          {SETTINGS.removeFolder}
        </Button>
      </div>
      <ActionFailure action={remove} />
    </li>
  );
}
