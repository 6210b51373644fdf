export function upToDateWindow(): Promise<string>;
