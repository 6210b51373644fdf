import type { Command } from '../command-line/command.ts';
import { backup } from './backup.ts';
import { check } from './check.ts';
import { disable } from './disable.ts';
import { enable } from './enable.ts';
import { exportKey } from './export.ts';
import { importPeer } from './import-peer.ts';
import { mailboxes } from './mailboxes.ts';
import { peers } from './peers.ts';
import { plan } from './plan.ts';
import { removePeer } from './remove-peer.ts';
import { remove } from './remove.ts';
import { restore } from './restore.ts';
import { settings } from './settings.ts';
import { share } from './share.ts';

/** Every command, in the order in which help shows them. */
export const COMMANDS: readonly Command[] = Object.freeze([
  mailboxes,
  plan,
  enable,
  disable,
  check,
  share,
  importPeer,
  peers,
  removePeer,
  exportKey,
  settings,
  backup,
  restore,
  remove,
]);
