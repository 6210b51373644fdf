import { Notification } from 'electron';

/** What can still be clicked: Electron lets go of a notification that nobody holds, and its click with it. */
const shown = new Set<Notification>();

/** Shows a notification where the desktop has them. Clicked, it does `onClick`. */
export function showNote(
  { title, body }: { readonly title: string; readonly body: string },
  onClick: () => void,
): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body });
  const letGo = (): void => {
    shown.delete(notification);
  };
  notification.on('click', () => {
    letGo();
    onClick();
  });
  notification.on('close', letGo);
  shown.add(notification);
  notification.show();
}
