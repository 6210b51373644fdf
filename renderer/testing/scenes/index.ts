import { CHOOSE_SCENES } from './choose-scenes.ts';
import type { Scene } from './scene.ts';

/** Every named state of the window that is looked at and tested. */
export const SCENES: Readonly<Record<string, Scene>> = Object.freeze({ ...CHOOSE_SCENES });
