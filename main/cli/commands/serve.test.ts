import { describe, expect, it } from 'vitest';
import { ok } from '@endymail/shared/result';
import type { CommandLine } from '../../agent/index.ts';
import { endymail, fakeBackground } from '../testing/fakes.ts';

describe('endymail serve', () => {
  it('says that it serves, in which time nobody did, and that it ended', async () => {
    const gap = { from: '2026-11-20T12:00:00.000Z', to: '2026-11-24T12:00:00.000Z' };
    const { exit, out, notes } = await endymail(['serve'], {
      serve: ({ onServing, onGap }) => {
        onServing();
        onGap(gap);
        return Promise.resolve(ok());
      },
    });
    expect([exit, out]).toEqual([0, 'Stopped.']);
    expect(notes).toContain('works in the background');
    expect(notes).toContain(`from ${new Date(gap.from).toLocaleString()} to ${new Date(gap.to).toLocaleString()}`);
  });

  it('waits for another one only where it is asked to', async () => {
    const standing: boolean[] = [];
    const serve = ({ standsBy }: { standsBy: boolean }) => {
      standing.push(standsBy);
      return Promise.resolve(ok());
    };
    await endymail(['serve'], { serve });
    await endymail(['serve', '--stand-by'], { serve });
    expect(standing).toEqual([false, true]);
  });
});

describe('as a service of the session', () => {
  const wishes: CommandLine[] = [];
  const background = () =>
    Promise.resolve(
      fakeBackground({
        install: async (command) => {
          wishes.push(command);
          return fakeBackground().install(command);
        },
      }),
    );

  it('is installed with everything that it is to know', async () => {
    const { exit, out } = await endymail(['serve', '--install', '--home', '/data of alice'], { background });
    expect([exit, out.includes('It runs.')]).toEqual([0, true]);
    expect(wishes.at(-1)?.join('|')).toBe(
      '/opt/node|/opt/endymail.mjs|serve|--stand-by|--home|/data of alice|--keychain|os',
    );
  });

  it('needs the file of a passphrase, which nobody could type', async () => {
    const asked = await endymail(['serve', '--install', '--keychain', 'file', '--json'], { background });
    expect(asked.json()).toMatchObject({ error: { code: 'passphrase-needed' } });
    await endymail(['serve', '--install', '--keychain', 'file', '--passphrase-file', '/safe/words'], { background });
    expect(wishes.at(-1)?.slice(-2)).toEqual(['--passphrase-file', '/safe/words']);
  });

  it('says what to run where the system can not be asked', async () => {
    const { exit, out } = await endymail(['serve', '--install'], {
      background: () =>
        Promise.resolve(
          fakeBackground({
            install: () =>
              Promise.resolve(
                ok({
                  state: 'installed',
                  name: 'endymail.service',
                  file: '/f',
                  isRunning: false,
                  byHand: [['systemctl', '--user', 'start', 'a b.service']],
                }),
              ),
          }),
        ),
    });
    expect(exit).toBe(3);
    expect(out).toContain('  systemctl --user start "a b.service"');
  });

  it('is taken away, and says how it stands', async () => {
    expect((await endymail(['serve', '--uninstall', '--json'])).json()).toMatchObject({ state: 'none' });
    const status = await endymail(['serve', '--status']);
    expect(status.out).toBe('Your system does not start Endymail in the background.');
    expect((await endymail(['serve', '--status', '--install'])).exit).toBe(2);
  });
});
