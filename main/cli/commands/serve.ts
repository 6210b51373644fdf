import { ok } from '@endymail/shared/result';
import { defineCommand, type Outcome } from '../command-line/command.ts';

const ENDED: Outcome = Object.freeze({ text: 'Stopped.', json: { served: true }, exit: 'done' });

export const serve = defineCommand({
  name: 'serve',
  summary: 'Work in the background: share what is new, do what waits, answer invitations. Ctrl+C ends it.',
  takes: '',
  count: [0, 0],
  options: {},
  help: [
    'The window does the same while it is open or sits in the tray. This is for a computer without one. Every other command',
    'on the same data goes through it meanwhile.',
    '',
    '  endymail serve',
    '',
    'As a service of your session (systemd), in ~/.config/systemd/user/endymail.service:',
    '',
    '  [Service]',
    '  ExecStart=<where endymail is> serve',
    '  Restart=on-failure',
    '  [Install]',
    '  WantedBy=default.target',
  ].join('\n'),
  run: async (session) => {
    const { terminal, surroundings, home, keychain } = session;
    const served = await surroundings.serve({
      home,
      keychain,
      passphrase: () => session.keychainPassphrase(),
      onServing: () => {
        terminal.note(`Endymail works in the background on ${home}. Ctrl+C ends it.`);
      },
    });
    return served.ok ? ok(ENDED) : served;
  },
});
