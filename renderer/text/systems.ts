const SYSTEMS: Readonly<Record<string, string>> = Object.freeze({ linux: 'Linux', darwin: 'macOS', win32: 'Windows' });

/** The system of a device as a person calls it; empty where it is not known. */
export const systemName = (platform: string): string => SYSTEMS[platform] ?? '';
