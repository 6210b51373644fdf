import doesNotDark from '../../../assets/in-thunderbird/does-not-dark.png';
import doesNotLight from '../../../assets/in-thunderbird/does-not-light.png';
import encryptsDark from '../../../assets/in-thunderbird/encrypts-dark.png';
import encryptsLight from '../../../assets/in-thunderbird/encrypts-light.png';
import readsDark from '../../../assets/in-thunderbird/reads-dark.png';
import readsLight from '../../../assets/in-thunderbird/reads-light.png';

/** Pictures of a real Thunderbird (`npm run pictures`), by the name of what they show: their addresses, by theme. */
export const PICTURES = Object.freeze({
  encrypts: { light: encryptsLight, dark: encryptsDark },
  'does-not': { light: doesNotLight, dark: doesNotDark },
  reads: { light: readsLight, dark: readsDark },
});

export type PictureName = keyof typeof PICTURES;
