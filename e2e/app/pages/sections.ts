import type { Page } from '@playwright/test';

/** The navigation of the window, which stands beside every screen but those of the set-up. */
export function sections(page: Page) {
  const section = (name: string) =>
    page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: new RegExp(`^${name}`) });
  return {
    home: section('Home'),
    people: section('People'),
    devices: section('Devices'),
    help: section('Help'),
    settings: section('Settings'),
  };
}
