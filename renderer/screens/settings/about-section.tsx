import { Details } from '../../components/details.tsx';
import { Section } from '../../components/section.tsx';
import { useView } from '../../state/use-page.ts';
import { aboutFacts, SETTINGS } from '../../text/settings.ts';

/** Version and licences. */
export function AboutSection() {
  const about = useView((view) => view.about);
  return (
    <Section title={SETTINGS.version(about.version)}>
      <p className="muted prose">{SETTINGS.licences}</p>
      <Details groups={[{ facts: aboutFacts(about) }]} />
    </Section>
  );
}
