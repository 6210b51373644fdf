import type { TimeSpan } from '@endymail/shared/ipc';
import type { BackgroundView, CommandLine } from '../../agent/index.ts';

/** How it stands with a home that the system has served. */
export function backgroundWords({ state, name, file, isRunning, byHand }: BackgroundView): string {
  const lines = [STATE_WORDS[state](name, file)];
  if (state === 'installed' && byHand.length === 0) {
    lines.push(isRunning ? 'It runs.' : 'It does not run now; it starts with your next session.');
  }
  if (byHand.length > 0) {
    lines.push(
      'Your system could not be asked to take this in at once. To do it yourself:',
      ...byHand.map(commandWords),
    );
  }
  return lines.join('\n');
}

const STATE_WORDS: Readonly<Record<BackgroundView['state'], (name: string, file: string) => string>> = {
  none: () => 'Your system does not start Endymail in the background.',
  installed: (name, file) => `Your system starts Endymail in the background with your session (${name}: ${file}).`,
  changed: (_name, file) =>
    `${file} was changed by hand. Endymail leaves it as it is; delete it when you do not need it.`,
  missing: (name, file) => `${name} was set up, but ${file} is gone. endymail serve --install writes it again.`,
};

/** As it can be typed. */
const commandWords = (command: CommandLine): string =>
  `  ${command.map((word) => (/^[\w./:\\-]+$/.test(word) ? word : `"${word}"`)).join(' ')}`;

/** In which time nobody did what the background does. */
export const gapWords = ({ from, to }: TimeSpan): string =>
  `Endymail was not at work from ${timeWords(from)} to ${timeWords(to)}. What waited in that time is done now as far as it can be.`;

const timeWords = (moment: string): string => new Date(moment).toLocaleString();
