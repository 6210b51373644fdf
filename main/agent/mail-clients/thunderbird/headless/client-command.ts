import path from 'node:path';
import type { ClientProfile } from '@endymail/shared/mail';

/** How the program of a profile is started. */
export interface ClientCommand {
  readonly program: string;
  /** What comes before the program's own arguments. */
  readonly args: readonly string[];
}

/** Says how to start the client that a profile belongs to; null where it was not found. */
export function clientCommand(profile: ClientProfile): ClientCommand | null {
  switch (profile.packaging) {
    case 'flatpak': {
      const app = flatpakApp(profile.path);
      return app === null ? null : { program: 'flatpak', args: ['run', app] };
    }
    case 'snap':
      return { program: 'snap', args: ['run', 'thunderbird'] };
    case 'native':
    case 'store':
      return profile.program === null ? null : { program: profile.program, args: [] };
  }
}

/** A Flatpak's data is in ~/.var/app/<its id>/. */
function flatpakApp(profilePath: string): string | null {
  const parts = profilePath.split(path.sep);
  const app = parts[parts.lastIndexOf('.var') + 2];
  return parts.includes('.var') && app !== undefined && /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+$/.test(app) ? app : null;
}
