import { err, failure, ok } from '@endymail/shared/result';
import { defineCommand, flag, type Outcome } from '../command-line/command.ts';
import { gapWords } from '../words/background-words.ts';
import { inBackground } from './serve-in-background.ts';

const ENDED: Outcome = Object.freeze({ text: 'Stopped.', json: { served: true }, exit: 'done' });

const IN_BACKGROUND = ['install', 'uninstall', 'status'] as const;

export const serve = defineCommand({
  name: 'serve',
  summary: 'Work in the background: share what is new, do what waits, answer invitations. Ctrl+C ends it.',
  takes: '[--install | --uninstall | --status]',
  count: [0, 0],
  options: {
    install: { type: 'boolean', help: 'Have your system start this with your session, and again if it fails.' },
    uninstall: { type: 'boolean', help: 'Take that back.' },
    status: { type: 'boolean', help: 'Say whether your system does it.' },
    'stand-by': { type: 'boolean', help: 'While a window serves this data, wait until that ends.' },
  },
  help: [
    'The window does the same while it is open or sits in the tray. This is for a computer without one. Every other command',
    'on the same data goes through it meanwhile.',
    '',
    '  endymail serve',
    '  endymail serve --install',
    '',
    'With --install it is a service of your session: of systemd, launchd or the Task Scheduler. A window joins it. Where the',
    'data is under a passphrase, --passphrase-file names the file that holds it, and that file must stay.',
  ].join('\n'),
  run: async (session, { values }) => {
    const { terminal, surroundings, home, keychain } = session;
    const [wish, second] = IN_BACKGROUND.filter((name) => flag(values, name));
    if (second !== undefined)
      return err(failure('usage', 'endymail serve takes one of --install, --uninstall, --status.'));
    if (wish !== undefined) return inBackground(session, wish, values);
    const served = await surroundings.serve({
      home,
      keychain,
      passphrase: () => session.keychainPassphrase(),
      standsBy: flag(values, 'stand-by'),
      onServing: () => {
        terminal.note(`Endymail works in the background on ${home}. Ctrl+C ends it.`);
      },
      onStandingBy: () => {
        terminal.note(
          'Another Endymail does this already, like a window that is open. This one goes on when that ends.',
        );
      },
      onGap: (gap) => {
        terminal.note(gapWords(gap));
      },
    });
    return served.ok ? ok(ENDED) : served;
  },
});
