/** What the agent knows of the machine it runs on. Injected, so that tests can stand on another one, or in another year. */
export interface System {
  readonly platform: NodeJS.Platform;
  /** The person's home folder, where the mail clients keep their profiles. */
  readonly homeDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
}
