import type { DialogMethod, DesktopRecord } from '../host/records.ts';
import type { Application } from './launch.ts';

type Evaluate = Application['evaluate'];
type Desktop = Pick<
  Application,
  'records' | 'clickMenu' | 'clickTray' | 'clickTrayIcon' | 'clickNotification' | 'answerDialog'
>;

/** The person at the desktop, who is in the main process (host/desktop-control.ts) on both runtimes. */
export function desktopOf(evaluate: Evaluate): Desktop {
  /** One call of it. What is sent as text can name nothing of this file. */
  const call = (method: string, ...values: readonly unknown[]): Promise<unknown> =>
    evaluate(
      (_electron, [name, given]) => {
        const desktop: unknown = Reflect.get(globalThis, Symbol.for('endymail.desktop'));
        const work: unknown = Reflect.get(Object(desktop), name);
        if (typeof work !== 'function') throw new Error(`The desktop has no ${name}.`);
        const answer: unknown = Reflect.apply(work, desktop, given);
        return answer;
      },
      [method, values] as const,
    );
  return {
    records: async () => (await call('records')) as readonly DesktopRecord[],
    clickMenu: async (...labels) => {
      await call('clickMenu', labels);
    },
    clickTray: async (...labels) => {
      await call('clickTray', labels);
    },
    clickTrayIcon: async () => {
      await call('clickTrayIcon');
    },
    clickNotification: async (title) => {
      await call('clickNotification', title);
    },
    answerDialog: async (method: DialogMethod, answer) => {
      await call('answerDialog', method, answer);
    },
  };
}
