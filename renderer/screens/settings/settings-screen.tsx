import { PageHead } from '../../components/page-head.tsx';
import { SETTINGS } from '../../text/settings.ts';
import { AboutSection } from './about-section.tsx';
import { DataSection } from './data-section.tsx';
import { FoldersSection } from './folders-section.tsx';
import { ChoicesSections } from './choices-sections.tsx';

export function SettingsScreen() {
  return (
    <>
      <PageHead title={SETTINGS.heading} />
      <ChoicesSections />
      <FoldersSection />
      <DataSection />
      <AboutSection />
    </>
  );
}
