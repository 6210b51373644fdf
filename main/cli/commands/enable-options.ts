import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { ChangedByHandChoice } from '@endymail/shared/mail';
import type { EnableOptions } from '../../agent/index.ts';
import { flag, type OptionSpec, type OptionValues } from '../command-line/command.ts';

export const CHANGED_BY_HAND_OPTIONS: Readonly<Record<string, OptionSpec>> = Object.freeze({
  'put-back': { type: 'boolean', help: 'Put back what you changed by hand since Endymail set it.' },
  leave: { type: 'boolean', help: 'Leave what you changed by hand as you have it (usual).' },
});

export const ENABLE_OPTIONS: Readonly<Record<string, OptionSpec>> = Object.freeze({
  'accept-profile-wide': {
    type: 'boolean',
    help: 'Automatic encryption may overrule what other mailboxes of the profile are set to.',
  },
  'by-hand': { type: 'boolean', help: 'Set up without automatic encryption: you press Encrypt when you write.' },
  'replace-own': { type: 'boolean', help: 'Replace an encryption set-up of your own; undo brings it back.' },
  ...CHANGED_BY_HAND_OPTIONS,
  rsa: { type: 'boolean', help: 'Make RSA keys (3072 bits), for correspondents whose program is too old for others.' },
});

/** Errors: `usage`. */
export function enableOptions(values: OptionValues): Result<EnableOptions, Failure> {
  if (flag(values, 'accept-profile-wide') && flag(values, 'by-hand')) {
    return err(failure('usage', '--accept-profile-wide and --by-hand exclude each other.'));
  }
  const changedByHand = changedByHandOption(values);
  if (!changedByHand.ok) return changedByHand;
  return ok({
    algorithm: flag(values, 'rsa') ? 'rsa-3072' : 'ec-p256',
    acceptProfileWide: flag(values, 'accept-profile-wide'),
    byHand: flag(values, 'by-hand'),
    replaceOwn: flag(values, 'replace-own'),
    ...(changedByHand.value === null ? {} : { changedByHand: changedByHand.value }),
  });
}

/** Null: neither was said. Errors: `usage`. */
export function changedByHandOption(values: OptionValues): Result<ChangedByHandChoice | null, Failure> {
  const putBack = flag(values, 'put-back');
  const leave = flag(values, 'leave');
  if (putBack && leave) return err(failure('usage', '--put-back and --leave exclude each other.'));
  return ok(putBack ? 'put-back' : leave ? 'leave' : null);
}
