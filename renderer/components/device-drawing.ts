import { Laptop, Monitor, type LucideIcon } from 'lucide-react';

const DRAWINGS: Readonly<Record<string, LucideIcon>> = Object.freeze({ win32: Monitor });

/** The drawing of a device by what it says it runs on: "linux", "darwin", "win32". */
export const deviceDrawing = (platform: string): LucideIcon => DRAWINGS[platform] ?? Laptop;
