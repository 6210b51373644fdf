/** What can be seen of profiles at small cost: without reading one of their files. */
export interface Glance {
  /** Another text when a file of them was written, or a client opened or closed. */
  readonly seen: string;
  /** The folders of the profiles whose client runs. */
  readonly running: ReadonlySet<string>;
}
