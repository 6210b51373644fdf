export type Stage = 'choose' | 'review' | 'progress';

export const STAGES_NAME = 'Steps';

export const STAGES: readonly { readonly id: Stage; readonly name: string }[] = Object.freeze([
  { id: 'choose', name: 'Choose' },
  { id: 'review', name: 'Review' },
  { id: 'progress', name: 'Set up' },
]);
