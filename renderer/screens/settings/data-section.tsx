import { Row } from '../../components/row.tsx';
import { Section } from '../../components/section.tsx';
import { usePage, useView } from '../../state/use-page.ts';
import { lastBackupWords } from '../../text/backup.ts';
import { SETTINGS } from '../../text/settings.ts';

/** Back up, restore, undo, remove. */
export function DataSection() {
  const { go } = usePage();
  const lastBackupAt = useView(({ settings }) => settings.lastBackupAt);
  const rows = [
    { screen: 'back-up', name: SETTINGS.backUp, sub: lastBackupWords(lastBackupAt, new Date()) },
    { screen: 'restore', name: SETTINGS.restore, sub: SETTINGS.restoreSub },
    { screen: 'undo', name: SETTINGS.undo, sub: SETTINGS.undoSub },
    { screen: 'remove', name: SETTINGS.remove, sub: SETTINGS.removeSub },
  ] as const;
  return (
    <Section title={SETTINGS.data}>
      <ul className="list list--closed">
        {rows.map(({ screen, name, sub }) => (
          <li key={screen}>
            <Row
              name={name}
              sub={sub}
              onOpen={() => {
                go({ screen });
              }}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}
