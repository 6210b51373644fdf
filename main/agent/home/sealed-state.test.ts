import fc from 'fast-check';
import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { Redacted, type Failure, type Result } from '@endymail/shared/result';
import { seal, deriveKey } from '../keychain/sealing/aead.ts';
import { sealState, unsealState, type HomeKey } from './sealed-state.ts';
import { EMPTY_STATE, type AgentState } from './state.ts';
import { stateToJson } from './state-codec.ts';
import { accountSecrets, arbitraryState, revealed } from './testing/arbitrary-state.ts';

const homeKey = (): HomeKey => ({ homeId: randomUUID(), wrappingKey: new Redacted(Uint8Array.from(randomBytes(32))) });
const codeOf = (result: Result<unknown, Failure>): string | null => (result.ok ? null : result.error.code);

function sealed(state: AgentState, key: HomeKey): Buffer {
  const file = sealState(state, key);
  if (!file.ok) throw new Error(file.error.message);
  return Buffer.from(file.value);
}

/** What a program with the key, but not this one, could have written. */
function sealedJson(json: unknown, key: HomeKey, version = 2): Buffer {
  const header = Buffer.concat([Buffer.from('EndyHome'), Buffer.from([0, version])]);
  const stateKey = new Redacted(deriveKey(key.wrappingKey.reveal(), `endymail home ${key.homeId} state`));
  const context = Buffer.concat([header, Buffer.from(key.homeId)]);
  return Buffer.concat([header, seal(stateKey, context, Buffer.from(JSON.stringify(json)))]);
}

test('every state comes back as it was', () => {
  const key = homeKey();
  fc.assert(
    fc.property(arbitraryState, (state) => {
      const back = unsealState(sealed(state, key), key);
      expect(back.ok && revealed(back.value)).toEqual(revealed(state));
    }),
  );
  expect(unsealState(sealed(EMPTY_STATE, key), key)).toEqual({ ok: true, value: EMPTY_STATE });
});

test('a state from before there were other folders, or accounts, still opens', () => {
  const key = homeKey();
  const json: object = { ...stateToJson(EMPTY_STATE), account: undefined, joining: undefined };
  expect(unsealState(sealedJson(json, key, 1), key)).toEqual({ ok: true, value: EMPTY_STATE });
  const older = { ...json, folders: undefined };
  expect(unsealState(sealedJson(older, key, 1), key)).toEqual({ ok: true, value: EMPTY_STATE });
});

test('[SEC-1] [SEC-2] no secret of the account can be read in the file, nor in a message about the state', () => {
  const key = homeKey();
  fc.assert(
    fc.property(arbitraryState, (state) => {
      const file = sealed(state, key);
      for (const secret of accountSecrets(state)) {
        expect(file.includes(secret) || file.includes(secret.toString('base64'))).toBe(false);
        expect(JSON.stringify(state).includes(secret.toString('base64'))).toBe(false);
      }
    }),
  );
});

test('[SEC-2] [SEC-1] nothing of the state can be read in the file', () => {
  const key = homeKey();
  fc.assert(
    fc.property(arbitraryState, (state) => {
      const file = sealed(state, key);
      for (const { address, current } of state.mailboxes) {
        const secret = Buffer.from(current.privateKey.reveal());
        expect(file.includes(address)).toBe(false);
        if (secret.length > 8) expect(file.includes(secret) || file.includes(secret.toString('base64'))).toBe(false);
      }
    }),
  );
});

test('[SEC-6] one changed byte anywhere, a cut, or an addition is refused', () => {
  const key = homeKey();
  const file = sealed(EMPTY_STATE, key);
  for (let at = 0; at < file.length; at += 1) {
    const changed = Buffer.from(file);
    changed[at] = file[at]! ^ 0x02;
    // The high byte of the version: a much newer one, as it seems.
    expect(codeOf(unsealState(changed, key))).toBe(at === 8 ? 'home-newer' : 'home-damaged');
    expect(codeOf(unsealState(file.subarray(0, at), key))).toBe('home-damaged');
  }
  expect(codeOf(unsealState(Buffer.concat([file, Buffer.from([0])]), key))).toBe('home-damaged');
});

test('[SEC-6] the file of another home is refused, even under the same key', () => {
  const key = homeKey();
  const file = sealed(EMPTY_STATE, key);
  expect(codeOf(unsealState(file, { ...key, homeId: randomUUID() }))).toBe('home-damaged');
  expect(codeOf(unsealState(file, { ...key, wrappingKey: homeKey().wrappingKey }))).toBe('home-damaged');
});

test('[SEC-31] a newer version is refused as newer', () => {
  const key = homeKey();
  const file = sealed(EMPTY_STATE, key);
  file.writeUInt16BE(9, 8);
  expect(codeOf(unsealState(file, key))).toBe('home-newer');
});

test('[SEC-30] what is authentic but not a state is refused', () => {
  const key = homeKey();
  const good = stateToJson(EMPTY_STATE);
  expect(unsealState(sealedJson(good, key), key).ok).toBe(true);
  const authentic: unknown[] = [
    null,
    [],
    {},
    { ...good, anchor: { certificate: 'AAAA' } },
    { ...good, settings: { autoDisable: 'yes' } },
    { ...good, mailboxes: [{}] },
    { ...good, profiles: [{ id: '../..', path: '', automatic: 'accepted' }] },
    { ...good, people: [{ address: 'nobody', authority: 'AA==', certificate: 'AA==', crossCertificate: 'AA==' }] },
    { ...good, unknown: true },
    { ...good, account: {} },
    { ...good, joining: { deviceName: 'Laptop' } },
  ];
  for (const json of authentic) expect(codeOf(unsealState(sealedJson(json, key), key))).toBe('home-damaged');
});

test('more than could be read back is never written', () => {
  const key = homeKey();
  const profile = { id: 'x', path: 'y'.repeat(32_768), automatic: 'accepted' as const };
  const [state] = fc.sample(
    arbitraryState.filter(({ profiles }) => profiles.length > 0),
    1,
  );
  const tooLong = { ...state!, profiles: [{ ...profile, id: state!.profiles[0]!.id }] };
  expect(codeOf(sealState(tooLong, key))).toBe('write-failed');
});
