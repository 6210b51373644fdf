import * as v from 'valibot';
import type { ActView, TaskView } from '../../account/index.ts';
import { listOf, longText, shortText, timestamp } from './values.ts';

/** Acts that wait and tasks that are left, as they cross a border. */

export const actView: v.GenericSchema<ActView> = v.object({
  id: shortText,
  kind: v.literal('remove-device'),
  deviceId: shortText,
  deviceName: shortText,
  byId: shortText,
  byName: shortText,
  announcedAt: timestamp,
  holdsFrom: timestamp,
  mayCancel: v.boolean(),
});

export const taskView: v.GenericSchema<TaskView> = v.object({
  id: shortText,
  code: v.picklist(['give-new-files', 'change-passwords', 'invited-device']),
  says: longText,
  deviceName: shortText,
  addresses: listOf(shortText),
  at: timestamp,
});
