import { guardProfile } from '../../main/agent/mail-clients/thunderbird/reading/index.ts';

/** A process that guards the profile of its argument and waits to be killed. */
const guard = await guardProfile(process.argv[2] ?? '', {
  platform: process.platform,
  homeDir: '/',
  env: {},
  now: () => new Date(),
});
if (!guard.ok) throw new Error(guard.error.message);
process.stdout.write('held\n');
setInterval(() => undefined, 60_000);
