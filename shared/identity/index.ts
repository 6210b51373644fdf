export * from './public.ts';
export { makeAccount, type NewAccount } from './making/make-account.ts';
export { makeAddDevice } from './making/make-add-device.ts';
export { makeClose } from './making/make-close.ts';
export { makeRemoveDevice, makeRotate, type NewEpochs } from './making/make-epochs.ts';
export { makeReplaceKeys } from './making/make-replace-keys.ts';
export type { KeysOfSequences, NewLink } from './making/new-link.ts';
export { openBundle, openHistory, type EpochKeys, type KeyFault } from './making/open-bundle.ts';
export { makeReverse } from './reverse.ts';
