import { readFileSync } from 'node:fs';
import type { CDPSession, Page } from 'playwright';
import { processesOf } from '@endymail/e2e/harness';
import type { Launched } from './launches.ts';

/** Resident memory of what an app consists of, in MiB. Chromium's other processes are the same for every page. */
export interface Memory {
  readonly shellMiB: number;
  /** Zero where there is none. */
  readonly agentMiB: number;
  readonly pageMiB: number;
  /** Of the page's process, what its scripts use. */
  readonly heapMiB: number;
}

/** How long the page is kept busy, so that its process can be told from the others of its browser. */
const BUSY_MS = 200;

/** Weighs a running app. `home`: whose agent belongs to it; null: it has none. */
export async function memoryOf({ app, page }: Launched, home: string | null): Promise<Memory> {
  const agents = home === null ? [] : processesOf(`--home=${home}`);
  const pageProcess = await processOf(page);
  return {
    shellMiB: residentMiB(app.process().pid ?? 0),
    agentMiB: agents.reduce((sum, pid) => sum + residentMiB(pid), 0),
    pageMiB: residentMiB(pageProcess),
    heapMiB: await usedHeapMiB(page),
  };
}

/** Linux says it in its process table. */
function residentMiB(pid: number): number {
  const kiB = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kiB === undefined) throw new Error(`The process ${pid} says no resident memory.`);
  return Number(kiB) / 1024;
}

async function usedHeapMiB(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 2 ** 20;
}

/** The process of a page. Chromium does not say which of its pages' processes it is: it is the one that works now. */
async function processOf(page: Page): Promise<number> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('The page has no browser.');
  const session = await browser.newBrowserCDPSession();
  const before = await rendererSeconds(session);
  await page.evaluate((ms) => {
    const end = performance.now() + ms;
    while (performance.now() < end);
  }, BUSY_MS);
  const after = await rendererSeconds(session);
  await session.detach();
  const worked = [...after].map(([pid, seconds]) => ({ pid, seconds: seconds - (before.get(pid) ?? 0) }));
  const [most] = worked.sort((a, b) => b.seconds - a.seconds);
  if (most === undefined) throw new Error('The browser has no process for a page.');
  return most.pid;
}

/** The processor time of each process for pages, in seconds. */
async function rendererSeconds(session: CDPSession): Promise<ReadonlyMap<number, number>> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  return new Map(renderers.map(({ id, cpuTime }) => [id, cpuTime]));
}
