import { signStatement, type AccountId, type SigningKey } from '../../sealing/index.ts';
import { encodeLink, linkContext, type Link } from '../link.ts';

/** A link as it goes over the wire. */
export const signLink = (account: AccountId, key: SigningKey, link: Link): Promise<Uint8Array> =>
  signStatement({ type: 'link', key, context: linkContext(account), payload: encodeLink(link) });
