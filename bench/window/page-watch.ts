/** What is watched in a page. It is put there as text, so that nothing of this file but the function is in it. */
export interface PageWatch {
  /** Scrolls what scrolls to its end, in so many frames. */
  readonly scroll: (frames: number) => Promise<Scrolled>;
  /** Begins to watch for one key. */
  readonly beginKey: () => void;
  /** The times from the key that was pressed since, in milliseconds. */
  readonly key: () => Promise<KeyTimes>;
  /** Runs something that changes the page; until it is painted, in milliseconds. */
  readonly timePainted: (change: () => void) => Promise<number>;
}

export interface Scrolled {
  /** Between one frame and the next, in milliseconds. */
  readonly frameMs: readonly number[];
  /** The most rows that were in the list, and elements in the page. */
  readonly rowsMax: number;
  readonly elementsMax: number;
}

export interface KeyTimes {
  /** Until the next frame was painted. */
  readonly paintedMs: number;
  /** Until what the key changed was painted. */
  readonly changedMs: number;
}

declare global {
  interface Window {
    watch?: PageWatch;
  }
}

/** Runs in the page. */
export function installPageWatch(): void {
  /** When the next frame has been painted: a message that is sent before it comes after it. */
  const painted = (): Promise<number> =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          resolve(performance.now());
        };
        port2.postMessage(null);
      });
    });
  const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  const changed = (): Promise<void> =>
    new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        resolve();
      });
      observer.observe(document.body, { childList: true, characterData: true, subtree: true });
    });

  let last: Promise<KeyTimes> | null = null;

  window.watch = {
    scroll: async (frames) => {
      const main = document.querySelector('main');
      const list = main?.querySelector('ul.list');
      if (!main || !list) throw new Error('The screen has no list that scrolls.');
      main.scrollTop = 0;
      await painted();
      const stepPx = (main.scrollHeight - main.clientHeight) / frames;
      const frameMs: number[] = [];
      let [rowsMax, elementsMax] = [0, 0];
      let before = await nextFrame();
      for (let frame = 1; frame <= frames; frame += 1) {
        main.scrollTop = Math.ceil(frame * stepPx);
        const now = await nextFrame();
        frameMs.push(now - before);
        before = now;
        rowsMax = Math.max(
          rowsMax,
          ...Array.from(document.querySelectorAll('ul.list'), (each) => each.childElementCount),
        );
        elementsMax = Math.max(elementsMax, document.getElementsByTagName('*').length);
      }
      return { frameMs, rowsMax, elementsMax };
    },

    beginKey: () => {
      last = new Promise((resolve) => {
        const onKey = (event: KeyboardEvent): void => {
          const isChanged = changed().then(painted);
          void Promise.all([painted(), isChanged]).then(([paintedAt, changedAt]) => {
            resolve({ paintedMs: paintedAt - event.timeStamp, changedMs: changedAt - event.timeStamp });
          });
        };
        window.addEventListener('keydown', onKey, { capture: true, once: true });
      });
    },

    key: () => last ?? Promise.reject(new Error('No key was watched for.')),

    timePainted: async (change) => {
      const start = performance.now();
      const isChanged = changed();
      change();
      await isChanged;
      return (await painted()) - start;
    },
  };
}
