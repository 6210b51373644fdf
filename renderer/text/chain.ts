import type { ChainLink, ChainStep } from '@endymail/shared/mail';

export const CHAIN_NAMES: Readonly<Record<ChainLink, string>> = Object.freeze({
  account: 'Account',
  keys: 'Keys',
  certificate: 'Certificate',
  client: 'Thunderbird',
  delivery: 'Delivery',
});

/** What a screen reader hears after the name of a link; the eye sees it in its shape. */
export const CHAIN_STATES: Readonly<Record<ChainStep['state'], string>> = Object.freeze({
  holds: 'works',
  broken: 'broken',
  unknown: 'not checked',
});

/** The few words below a link of the chain; the whole sentence stands in the verdict and under *Details*. */
const CHAIN_SAYS: Readonly<Record<ChainLink, Readonly<Record<ChainStep['state'], string>>>> = Object.freeze({
  account: { holds: 'In Thunderbird', broken: 'Is gone', unknown: 'Not checked' },
  keys: { holds: 'On this computer', broken: 'Are missing', unknown: 'Not checked' },
  certificate: { holds: 'Trusted', broken: 'Is missing', unknown: 'Not checked' },
  client: { holds: 'Uses them', broken: 'Does not encrypt', unknown: 'Not checked' },
  delivery: { holds: 'Arrived', broken: 'Did not arrive', unknown: 'Not checked' },
});

/** The few words below one link. */
export const chainSays = ({ link, state }: Pick<ChainStep, 'link' | 'state'>): string => CHAIN_SAYS[link][state];
