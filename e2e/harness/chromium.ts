import { findProgram } from './programs.ts';

/** How Playwright starts the system's Chromium. */
export interface ChromiumLaunch {
  readonly executablePath: string;
  readonly args: readonly string[];
}

/**
 * For `launchOptions` of Playwright, which by itself would look for a browser that it downloads. Without Chromium on
 * PATH the name alone is given, and Playwright says at the start that it is not there.
 * Playwright adds the switches against background traffic and, since the pages are our own, `--no-sandbox`, without
 * which Chromium does not start as root.
 */
export function chromiumLaunch(): ChromiumLaunch {
  return { executablePath: findProgram('chromium') ?? 'chromium', args: ['--disable-gpu', '--disable-quic'] };
}
