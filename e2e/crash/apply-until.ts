/**
 * Applies a target to a profile and kills itself, as `kill -9` would, at the n-th step. Run as a program; what to do is
 * read from standard input, so that no key of the test is in a file or an argument.
 */
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import { Redacted } from '@endymail/shared/result';
import { transportKey } from '../../main/agent/certificates/index.ts';
import type { ProfileTarget } from '../../main/agent/mail-clients/adapter.ts';
import { createThunderbirdAdapter } from '../../main/agent/mail-clients/thunderbird/index.ts';
import { testAddress } from '../harness/index.ts';

const der = v.pipe(
  v.string(),
  v.transform((base64) => Uint8Array.from(Buffer.from(base64, 'base64'))),
);
const mailAddress = v.pipe(v.string(), v.transform(testAddress));

const jobSchema = v.object({
  homeDir: v.string(),
  env: v.record(v.string(), v.string()),
  clientsFolder: v.string(),
  profilePath: v.string(),
  route: v.picklist(['nss-tools', 'headless']),
  /** The step at which it dies, from 1; 0: it lives to the end and prints the steps. */
  dieAt: v.number(),
  identities: v.array(
    v.object({ identityId: v.string(), address: mailAddress, authority: der, certificate: der, privateKey: der }),
  ),
  anchor: v.nullable(der),
  people: v.array(v.object({ address: mailAddress, certificate: der, crossCertificate: der })),
});

export type CrashJob = v.InferInput<typeof jobSchema>;

const job = v.parse(jobSchema, JSON.parse(await text(process.stdin)));
const steps: string[] = [];
const adapter = createThunderbirdAdapter({
  system: { platform: process.platform, homeDir: job.homeDir, env: job.env, now: () => new Date() },
  clientsFolder: job.clientsFolder,
  route: job.route,
  onStep: (step) => {
    steps.push(step);
    if (steps.length === job.dieAt) process.kill(process.pid, 'SIGKILL');
  },
});
const target: ProfileTarget = {
  identities: job.identities.map(({ privateKey, ...identity }) => ({
    ...identity,
    pkcs12: () => transportKey({ certificate: identity.certificate, privateKey: new Redacted(privateKey) }),
    former: [],
    replaceOwn: false,
  })),
  anchor: job.anchor,
  people: job.people,
  automatic: job.identities.length > 0 ? { autoEnable: true, autoDisable: true } : null,
  changedByHand: 'leave',
};
const { profiles } = await adapter.discover();
const profile = profiles.find(({ path }) => path === job.profilePath);
if (profile === undefined) throw new Error('The profile was not found.');
const report = await adapter.apply(profile, target);
if (!report.ok) throw new Error(`${report.error.code}: ${report.error.message} ${report.error.detail ?? ''}`);
process.stdout.write(JSON.stringify(steps));
