import { bareFingerprint, type Hands } from './hands.ts';
import type { Actor } from './stage.ts';
import type { Transcript } from './transcript.ts';

/** Endymail by its command line, every command of which is written down. */
export function commandLineHands(actor: Actor, transcript: Transcript): Hands {
  const endymail = (...args: readonly string[]): ReturnType<Transcript['endymail']> =>
    transcript.endymail(actor, ...args);
  const { address } = actor;
  return {
    by: 'on the command line',
    findMailbox: async () => {
      const { stdout } = await endymail('mailboxes');
      return { isSo: stdout.startsWith(address) && stdout.includes('Off.'), text: stdout };
    },
    plan: async () => {
      const { stdout } = await endymail('plan', address);
      return { isSo: stdout.includes(`${address} gets a key and a certificate`), text: stdout };
    },
    enable: async () => {
      const { stdout } = await endymail('enable', address, '--yes');
      return { isSo: stdout.includes('Ready.'), text: stdout };
    },
    share: async (file) => fingerprintIn((await endymail('share', address, '--out', file)).stderr),
    take: async (file, giver) => {
      const { stdout, stderr } = await endymail('import-peer', file, '--yes');
      return {
        isSo: stdout.includes(`Mail from ${address} to ${giver.address} is encrypted from now on.`),
        text: stdout,
        fingerprint: fingerprintIn(stderr),
      };
    },
    lookRound: () => Promise.resolve([]),
    undo: async () => {
      await endymail('disable', '--all', '--yes');
    },
  };
}

const fingerprintIn = (text: string): string => bareFingerprint(/Fingerprint {2}(\S+)/.exec(text)?.[1] ?? '');
