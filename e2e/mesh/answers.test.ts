import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RequestId } from '@endymail/shared/connect';
import { currentEpoch } from '@endymail/shared/identity';
import { Redacted, ok } from '@endymail/shared/result';
import { generateSigningKey, hpkeSeal, kemKeyFromSeed, type SigningKey } from '@endymail/shared/sealing';
import { codeOf, valueOf } from '../../main/agent/testing/world.ts';
import { makeAnswer } from '../../shared/connect/answer.ts';
import { takeOver, type Attacker } from './attacker.ts';
import {
  asksToJoin,
  belongingsOf,
  computer,
  founder,
  joins,
  requestOf,
  startMesh,
  untilJoined,
  type Computer,
  type Mesh,
} from './computer.ts';

let mesh: Mesh;

beforeAll(async () => {
  mesh = await startMesh();
});

afterEach(() => {
  mesh.lying.lies = {};
  mesh.lying.calls.length = 0;
});

afterAll(() => mesh.stop());

interface Scene {
  readonly admin: Attacker;
  readonly member: Attacker;
  readonly removed: Attacker;
  readonly requestId: RequestId;
  readonly kemKey: Uint8Array;
  /** A true answer, to another device. */
  readonly another: Uint8Array;
}

/** An answer with everything in it that a right one has. */
async function answerBy({ admin, requestId, kemKey }: Scene, signer: SigningKey, of = requestId): Promise<Uint8Array> {
  const { profile } = admin;
  const heads = await Promise.all(
    [...profile.sequences.values()].map(
      async ({ id, catalog }) => [id, (await admin.readingOf(catalog)).state.head] as const,
    ),
  );
  const epochs = [...profile.sequences.keys()].flatMap((id) => {
    const epoch = currentEpoch(profile, id);
    return epoch === null ? [] : [[id, epoch] as const];
  });
  const answer = { head: profile.head, heads: new Map(heads), epochs: new Map(epochs) };
  return makeAnswer({ account: profile.account, requestId: of, admin: signer, kemKey, answer });
}

describe('a new device takes no answer', () => {
  it.each([
    ['signed by the service', async (scene: Scene) => answerBy(scene, await generateSigningKey())],
    ['signed by a device that may not approve', (scene: Scene) => answerBy(scene, scene.member.keys.signing)],
    ['signed by a removed device', (scene: Scene) => answerBy(scene, scene.removed.keys.signing)],
    ['for another request', (scene: Scene) => Promise.resolve(scene.another)],
    [
      'that is sealed and not signed',
      ({ kemKey }: Scene) => hpkeSeal(kemKey, new Uint8Array(), new Uint8Array(), new Uint8Array(64)),
    ],
    ['that is a link', ({ admin }: Scene) => Promise.resolve(admin.chain.links[0] ?? new Uint8Array())],
  ])('[SEC-92] %s (R1, R14)', async (_, forge) => {
    const { first, account } = await founder(mesh);
    const [member, gone, newcomer] = [computer(mesh, 'member'), computer(mesh, 'gone'), computer(mesh, 'newcomer')];
    let another = new Uint8Array();
    mesh.lying.lies = {
      postAnswer: (honest) => (input) => {
        another = Uint8Array.from(input.body);
        return honest(input);
      },
    };
    await joins(first, member, account);
    const { device } = await joins(first, gone, account, { mayApprove: true });
    const removed = await takeOver(gone);
    valueOf(await first.agent.account.remove(device.id, null));

    const { id, digits } = await asksToJoin(newcomer, account);
    const asked = requestOf(newcomer);
    const before = belongingsOf(newcomer);
    mesh.lying.lies = { postAnswer: () => () => Promise.resolve(ok(null)) };
    const approving = first.agent.account.approve(id, new Redacted(digits), { mayApprove: false });
    await untilConfirmed(newcomer);
    valueOf(await approving);
    const kem = await kemKeyFromSeed(asked.device.kem);
    const scene: Scene = {
      admin: await takeOver(first),
      member: await takeOver(member),
      removed,
      requestId: asked.requestId,
      kemKey: kem.publicKey,
      another,
    };
    const right = await answerBy(scene, scene.admin.keys.signing);
    const instead = await forge(scene);
    const copy = newcomer.restarted();

    mesh.lying.lies = answering(instead);
    const view = valueOf(await newcomer.agent.account.joining());
    expect(view.kind === 'ended' ? view.why.code : view.kind).toBe('join-false');
    expect(belongingsOf(newcomer)).toBe(before);
    expect(newcomer.state().account).toBeNull();
    expect(codeOf(await newcomer.agent.account.sync())).toBe('account-none');
    // The same with the right answer goes through: it was this that spoke against it.
    mesh.lying.lies = answering(right);
    expect((await untilJoined(copy)).name).toBe(account);
  });
});

const answering = (answer: Uint8Array) => ({
  readRequest: () => () => Promise.resolve(ok(new Map([['answer' as const, answer]]))),
});

async function untilConfirmed(newcomer: Computer): Promise<void> {
  for (;;) {
    const view = valueOf(await newcomer.agent.account.joining());
    if (view.kind === 'confirming') return;
    if (view.kind !== 'waiting') throw new Error(view.kind);
  }
}
