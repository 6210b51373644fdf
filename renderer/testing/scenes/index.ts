import { ACCOUNT_SCENES } from './account-scenes.ts';
import { CHOOSE_SCENES } from './choose-scenes.ts';
import { CLOSED_SCENES } from './closed-scenes.ts';
import { DATA_SCENES } from './data-scenes.ts';
import { DEVICE_SCENES } from './device-scenes.ts';
import { HOME_SCENES } from './home-scenes.ts';
import { JOIN_SCENES } from './join-scenes.ts';
import { MAILBOX_SCENES } from './mailbox-scenes.ts';
import { PEOPLE_SCENES } from './people-scenes.ts';
import { PROGRESS_SCENES } from './progress-scenes.ts';
import { REVIEW_SCENES } from './review-scenes.ts';
import type { Scene } from './scene.ts';

/** Every named state of the window that is looked at and tested. */
export const SCENES: Readonly<Record<string, Scene>> = Object.freeze({
  ...CHOOSE_SCENES,
  ...REVIEW_SCENES,
  ...PROGRESS_SCENES,
  ...HOME_SCENES,
  ...CLOSED_SCENES,
  ...MAILBOX_SCENES,
  ...PEOPLE_SCENES,
  ...DATA_SCENES,
  ...DEVICE_SCENES,
  ...ACCOUNT_SCENES,
  ...JOIN_SCENES,
});
