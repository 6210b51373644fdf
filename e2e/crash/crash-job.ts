import type { StoreRoute } from '../../main/agent/mail-clients/thunderbird/index.ts';
import { clientsFolder, type World } from '../contract/thunderbird-world.ts';
import type { TestPerson } from '../harness/index.ts';
import type { CrashJob } from './apply-until.ts';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** What `apply-until.ts` is told: enables both mailboxes of the world with bob known, or undoes everything. */
export async function crashJob(
  world: World,
  route: StoreRoute,
  wanted: 'enable' | 'undo',
  dieAt: number,
): Promise<CrashJob> {
  const mailbox = ({ address, authority, own }: TestPerson): CrashJob['identities'][number] => ({
    identityId: world.profile.identityId(address),
    address,
    authority: base64(authority.certificate),
    certificate: base64(own.certificate),
    privateKey: base64(own.privateKey.reveal()),
  });
  const bob = await world.person(world.bob);
  const known = {
    address: bob.address,
    certificate: base64(bob.certificate),
    crossCertificate: base64(bob.crossCertificate),
  };
  const enabled = wanted === 'enable';
  return {
    homeDir: world.home.folder,
    env: { ...world.home.env },
    clientsFolder: clientsFolder(world.home),
    profilePath: world.profile.folder,
    route,
    dieAt,
    identities: enabled ? [mailbox(world.alice), mailbox(world.work)] : [],
    anchor: enabled ? base64(world.anchor.certificate) : null,
    people: enabled ? [known] : [],
  };
}
