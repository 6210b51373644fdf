export function bundleForNode(bundle: {
  readonly entries: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly format?: 'es' | 'cjs';
}): Promise<void>;
