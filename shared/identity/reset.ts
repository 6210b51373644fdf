import type { LinkBody } from './link.ts';
import { ALL_ROLES } from './roles.ts';

/**
 * Whether root may add a device so, at any head: one with every role, which nobody else was asked about. It is how the
 * recovery words bring an account back.
 */
export const isReset = ({ device, request }: Extract<LinkBody, { kind: 'add-device' }>): boolean =>
  device.roles === ALL_ROLES && device.invitation === null && request === null;
