import { createTestHome } from '@endymail/e2e/harness';
import type { DeviceView } from '@endymail/shared/account';
import { figure, inTurns, NO_RESULTS, type Results } from '../measure.ts';
import { memoryOf } from './memory.ts';
import { builtScenes, change, launchedScenes, openScene } from './scenes-page.ts';

const RUNS = 5;
const FEW = 3;
const MANY = 50;

/** What the screen of devices takes with 50 of them, beside the same with three. */
export async function benchDevices(): Promise<Results> {
  await using home = createTestHome('devices');
  const scenes = await builtScenes(home.scratchFolder);
  await using app = await launchedScenes(scenes, home.env);
  const run = (count: number) => async () => {
    await openScene(app.page, 'devices');
    await change(app.page, { devices: devices(count) });
    return memoryOf(app, null);
  };
  const pairs = await inTurns(RUNS, run(MANY), run(FEW));
  const comparedTo = `the same with ${FEW} devices`;
  const weight = (name: string, of: 'pageMiB' | 'heapMiB') =>
    figure(
      { name: `memory: ${name}, ${MANY} devices`, unit: 'MiB', comparedTo },
      pairs.map(({ ours, bare }) => ({ ours: ours[of], bare: bare[of] })),
    );
  return { ...NO_RESULTS, figures: [weight('page', 'pageMiB'), weight('scripts of the page', 'heapMiB')] };
}

function devices(count: number): readonly DeviceView[] {
  return Array.from({ length: count }, (_, index) => ({
    id: (index + 1).toString(16).padStart(64, '0'),
    name: `Computer ${index + 1}`,
    platform: 'linux',
    addedAt: '2026-11-23T09:12:00.000Z',
    lastSeenAt: '2026-11-25T14:02:00.000Z',
    isThis: index === 0,
    mayApprove: index === 0,
    byInvitation: false,
    state: 'active',
  }));
}
