/** What a device says it is: known only under the exchange's key, and shown as *says it is* (R37). */
export interface DeviceDescription {
  readonly name: string;
  /** "linux", "darwin", "win32", … */
  readonly platform: string;
}
