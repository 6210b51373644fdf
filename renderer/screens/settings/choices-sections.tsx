import type { SettingsView } from '@endymail/shared/ipc';
import { ActionFailure } from '../../components/action-failure.tsx';
import { CheckBox } from '../../components/check-box.tsx';
import { Choices } from '../../components/choices.tsx';
import { Section } from '../../components/section.tsx';
import { useView } from '../../state/use-page.ts';
import { SETTINGS } from '../../text/settings.ts';
import { useSetting } from './use-setting.ts';

const THEMES: readonly SettingsView['theme'][] = Object.freeze(['system', 'light', 'dark']);

/** What the person chooses: theme, start at login, and what happens where somebody's keys are missing. */
export function ChoicesSections() {
  const { autoDisable, theme, openAtLogin } = useView(({ settings }) => settings);
  const missing = useSetting('autoDisable', autoDisable);
  const look = useSetting('theme', theme);
  const login = useSetting('openAtLogin', openAtLogin ?? false);
  return (
    <>
      <Section title={SETTINGS.missing}>
        <p className="muted">{SETTINGS.missingLead}</p>
        <Choices
          title={SETTINGS.missing}
          isTitleHidden
          choices={[
            { value: 'go', label: SETTINGS.letGo, sub: SETTINGS.letGoSub },
            { value: 'stop', label: SETTINGS.stop, sub: SETTINGS.stopSub },
          ]}
          value={missing.value ? 'go' : 'stop'}
          onChange={(value) => {
            missing.change(value === 'go');
          }}
        />
        <ActionFailure action={missing.action} />
      </Section>
      <Section title={SETTINGS.look}>
        <Choices
          title={SETTINGS.look}
          isTitleHidden
          isInline
          choices={THEMES.map((value) => ({ value, label: SETTINGS.themes[value] }))}
          value={look.value}
          onChange={look.change}
        />
        <ActionFailure action={look.action} />
      </Section>
      <Section title={SETTINGS.start}>
        <CheckBox
          isChecked={login.value}
          disabled={openAtLogin === null}
          onChange={login.change}
          label={SETTINGS.openAtLogin}
          reason={openAtLogin === null ? SETTINGS.openAtLoginUnknown : SETTINGS.openAtLoginSub}
        />
        <ActionFailure action={login.action} />
      </Section>
    </>
  );
}
