import { describe, expect, it } from 'vitest';
import { ORDINARY_ROLES, ROLES } from '../identity/index.ts';
import { accountIdOf, hash32Of, toBase64Url, type AccountId, type Hash32 } from '../sealing/index.ts';
import { holdsAt, makeInvitation, parseInvitation } from './invitation.ts';
import { must, NOON_SECONDS } from './testing/world.ts';

const ACCOUNT: AccountId = accountIdOf(new Uint8Array(32).fill(9));
const NAME = 'alice@mesh.example.org';

const make = (roles = ORDINARY_ROLES, name = NAME, pin: Hash32 | null = null) =>
  makeInvitation({ account: ACCOUNT, name, roles, pin, nowSeconds: NOON_SECONDS });

describe('an invitation', () => {
  it('says in its link whose account it is, by the whole id, and gives both sides the same id', () => {
    const { invitation, link } = make();
    const read = must(parseInvitation(link.reveal()));
    expect(read).toMatchObject({ name: NAME, account: ACCOUNT, id: invitation.id });
    expect(read.secret.reveal()).toEqual(invitation.secret?.reveal());
    expect(link.reveal()).toBe(
      `mesh:${NAME}#${toBase64Url(Uint8Array.from(ACCOUNT.match(/../g)!, (byte) => parseInt(byte, 16)))}.${toBase64Url(read.secret.reveal())}`,
    );
  });

  it('[SEC-119] says in its link by which key the service proves itself, where nobody vouches for that', () => {
    const pin = hash32Of(new Uint8Array(5));
    const { invitation, link } = make(ORDINARY_ROLES, NAME, pin);
    expect(must(parseInvitation(link.reveal()))).toMatchObject({ id: invitation.id, pin });
    expect(must(parseInvitation(make().link.reveal())).pin).toBeNull();
    for (const spoiled of [link.reveal().slice(0, -1), `${link.reveal()}A`, `${link.reveal().slice(0, -1)}B`]) {
      expect(parseInvitation(spoiled).ok).toBe(false);
    }
  });

  it('has a secret of its own each time', () => {
    expect(make().invitation.id).not.toBe(make().invitation.id);
  });

  it('has another id in another account', () => {
    const link = make().link.reveal();
    const other = toBase64Url(new Uint8Array(64).fill(1));
    const moved = link.replace(/#[^.]+\./, `#${other}.`);
    expect(must(parseInvitation(moved)).id).not.toBe(must(parseInvitation(link)).id);
  });

  it('can be read with white space around it', () => {
    expect(parseInvitation(`\n ${make().link.reveal()} `).ok).toBe(true);
  });

  it('gives no admin rights, and none that are not known [SEC-93]', () => {
    expect(() => make(ROLES.admin)).toThrow(RangeError);
    expect(() => make(ROLES.admin | ROLES.mail)).toThrow(RangeError);
    expect(() => make(0)).toThrow(RangeError);
    expect(() => make(8)).toThrow(RangeError);
  });

  it('is made for a name only', () => {
    expect(() => make(ORDINARY_ROLES, '')).toThrow(TypeError);
    expect(() => make(ORDINARY_ROLES, 'a#b')).toThrow(TypeError);
  });

  it('holds ten minutes by the clock of who made it, and not before it was made [SEC-93]', () => {
    const { invitation } = make();
    expect(holdsAt(invitation, NOON_SECONDS)).toBe(true);
    expect(holdsAt(invitation, NOON_SECONDS + 599)).toBe(true);
    expect(holdsAt(invitation, NOON_SECONDS + 600)).toBe(false);
    expect(holdsAt(invitation, NOON_SECONDS - 1)).toBe(false);
  });

  it.each([
    ['nothing', ''],
    ['another scheme', 'https://mesh.example.org'],
    ['no secret', `mesh:${NAME}#${'A'.repeat(86)}`],
    ['a short secret', `mesh:${NAME}#${'A'.repeat(86)}.${'A'.repeat(21)}`],
    ['a short account', `mesh:${NAME}#${'A'.repeat(85)}.${'A'.repeat(22)}`],
    ['no name', `mesh:#${'A'.repeat(86)}.${'A'.repeat(22)}`],
    ['a name of two words', `mesh:a b#${'A'.repeat(86)}.${'A'.repeat(22)}`],
    ['spare bits in the secret', `mesh:${NAME}#${'A'.repeat(86)}.${'A'.repeat(21)}B`],
    ['something after it', `mesh:${NAME}#${'A'.repeat(86)}.${'A'.repeat(22)}&x`],
  ])('is not %s', (_what, text) => {
    expect(parseInvitation(text)).toEqual({ ok: false, error: 'not-an-invitation' });
  });
});
