import type { StartFault } from '../start-service.ts';

/** What a person reads when the service does not start. */
export function startFaultWords(
  { kind, detail }: StartFault,
  dataFolder: string,
  { host, port }: { readonly host: string; readonly port: number },
): string {
  switch (kind) {
    case 'exposed':
      return (
        `Others could reach ${host}, and what they send would not be protected on its way. Give certificate and key ` +
        'under "tls", or name the proxy that protects it under "trustedProxies".'
      );
    case 'folder':
    case 'unwritable':
      return `The folder ${dataFolder} can not be written${detail === '' ? '' : ` (${detail})`}.`;
    case 'newer':
      return `The data in ${dataFolder} was written by a newer Endymail. Update it; nothing was changed.`;
    case 'foreign':
      return `The data in ${dataFolder} is not that of a mesh service. Nothing was changed.`;
    case 'damaged':
      return `The data in ${dataFolder} is damaged. Put it back from a backup; nothing was changed.`;
    case 'port-taken':
      return `Another program listens at ${host}, port ${port}. Choose another port.`;
    case 'port-forbidden':
      return `You may not listen at port ${port}. Choose one above 1023.`;
    case 'no-such-address':
      return `This computer does not have the address ${host}.`;
    case 'tls':
      return `Certificate and key of the service can not be used (${detail}).`;
    case 'failed':
      return `The service did not start (${detail}).`;
  }
}
