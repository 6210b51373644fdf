import { expect, it } from 'vitest';
import type { AppChange } from '@endymail/shared/ipc';
import { createAppModel } from './app-model.ts';
import { initialView } from './initial-view.ts';
import { DEFAULT_SETTINGS } from './shell-settings.ts';

const INITIAL = initialView({
  version: '1.2.3',
  platform: 'freebsd',
  versions: { node: '24', electron: '45.4.1', chrome: '156' },
  settings: DEFAULT_SETTINGS,
  openAtLogin: null,
});

const person = (index: number) => ({
  address: `p${index}@example.test`,
  name: `Person ${index}`,
  fingerprint: 'AAAA-BBBB',
  addedAt: '2026-01-02T03:04:05.000Z',
  certificateExpiresAt: '2028-01-02T03:04:05.000Z',
});

function modelWithTurns() {
  const turns: (() => void)[] = [];
  const changes: AppChange[] = [];
  const model = createAppModel({
    initial: INITIAL,
    onChange: (change) => changes.push(change),
    later: (task) => turns.push(task),
  });
  const endTurn = (): void => {
    for (const task of turns.splice(0)) task();
  };
  return { model, changes, endTurn };
}

it('many changes of one turn are told once, with what they came to', () => {
  const { model, changes, endTurn } = modelWithTurns();
  model.change({ agent: { state: 'ready' } });
  model.change({ agent: { state: 'removed' } });
  model.change({ attention: [{ kind: 'back-up' }] });
  expect(changes).toEqual([]);
  expect(model.view()).toMatchObject({ agent: { state: 'removed' }, attention: [{ kind: 'back-up' }] });
  endTurn();
  expect(changes).toEqual([{ agent: { state: 'removed' }, attention: [{ kind: 'back-up' }] }]);
});

it('what is as it was is not told, also in a list of five thousand', () => {
  const people = (): AppChange => {
    const list: unknown[] = Array.from({ length: 5_000 }, (_, index) => person(index));
    return { people: list as NonNullable<AppChange['people']> };
  };
  const { model, changes, endTurn } = modelWithTurns();
  model.change(people());
  endTurn();
  model.change({ ...people(), attention: [], job: null, about: { ...INITIAL.about } });
  model.change({ agent: { state: 'ready' } });
  model.change({ agent: { state: 'starting' } });
  endTurn();
  expect(changes.map((change) => Object.keys(change))).toEqual([['people']]);
});

it('says what it runs on', () => {
  expect(INITIAL.about).toEqual({ version: '1.2.3', platform: 'other', runtime: 'Electron 45.4.1' });
  const onHost = initialView({
    version: '1',
    platform: 'linux',
    versions: { node: '24.21.0', electron: '45.4.1' },
    settings: DEFAULT_SETTINGS,
    openAtLogin: true,
  });
  expect(onHost.about).toMatchObject({ platform: 'linux', runtime: 'Node 24.21.0 and the browser of this computer' });
});
