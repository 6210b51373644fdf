import type { CertificateView } from '@endymail/shared/account';
import { ok } from '@endymail/shared/result';
import { defineCommand, NOTHING_CHANGED, type Outcome } from '../../command-line/command.ts';
import { accountWords } from '../../words/account-words.ts';
import { agrees } from '../agrees.ts';

export const accountTrustCertificate = defineCommand({
  name: 'account trust-certificate',
  summary: 'Take the certificate that the mesh service shows now, after it was changed.',
  takes: '',
  count: [0, 0],
  options: {},
  help: [
    'Compare it first, with whoever runs the service or on another device: whoever stands between shows one of their own.',
    'They could read nothing of the account, but keep what is new from you.',
    '',
    '  endymail account trust-certificate',
  ].join('\n'),
  run: (session) =>
    session.withAgent<Outcome>(async (agent) => {
      const certificate = await session.patiently(agent.account.certificate());
      if (!certificate.ok) return certificate;
      const { known, shown } = certificate.value;
      if (known === shown) return ok({ text: 'It is the one that is known.', json: certificate.value, exit: 'done' });
      session.terminal.note(certificateWords(certificate.value));
      const agreed = await agrees(session, 'Did you compare it, and take it?', false);
      if (!agreed.ok) return agreed;
      if (!agreed.value) return ok(NOTHING_CHANGED);
      const account = await session.patiently(agent.account.trustCertificate(shown));
      return account.ok ? ok({ text: accountWords(account.value), json: account.value, exit: 'done' }) : account;
    }),
});

const certificateWords = ({ known, shown }: CertificateView): string =>
  [`Known  ${known ?? TRUSTED}`, `Shown  ${shown ?? TRUSTED}`].join('\n');

const TRUSTED = 'one that this computer trusts';
