import {
  createTestPerson,
  createThunderbirdProfile,
  putIntoStore,
  type TestHome,
  type TestProfile,
} from '../harness/index.ts';

/** A profile of alice's with a certificate store that holds a trusted root and a certificate of bob's. */
export async function createStoredProfile(home: TestHome): Promise<TestProfile> {
  const profile = createThunderbirdProfile({
    home,
    identities: [{ address: 'alice@example.test', name: 'Alice' }],
    smtpPort: 9,
  });
  const alice = await createTestPerson('alice@example.test', 'A');
  const bob = await createTestPerson('bob@example.test', 'B');
  await putIntoStore(profile.folder, {
    trusted: [alice.authority.certificate],
    certificates: [bob.own.certificate],
  });
  return profile;
}
