export const STARTING = Object.freeze({
  title: 'One moment',
  says: 'Looking for the mailboxes on this computer…',
});
