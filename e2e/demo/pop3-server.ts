import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** A mailbox that a mail client fetches its mail from by POP3 (RFC 1939). */
export interface Pop3Server extends AsyncDisposable {
  readonly port: number;
}

export interface Pop3Mailbox {
  readonly user: string;
  readonly password: string;
  /** What lies in it now, oldest first. */
  mails(): readonly Buffer[];
}

/** RFC 2449, section 4. */
const LINE_MAX_CHARS = 255;

/** Starts a server for one mailbox on this computer. A mail stays in it when the client has fetched it. */
export async function startPop3Server(mailbox: Pop3Mailbox): Promise<Pop3Server> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    serve(socket, mailbox);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The POP3 server has no port.');
  return {
    port: address.port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function serve(socket: Socket, mailbox: Pop3Mailbox): void {
  const answer = createConversation(mailbox);
  let waiting = '';
  socket.write('+OK\r\n');
  socket.on('data', (chunk) => {
    waiting += chunk.toString('latin1');
    const lines = waiting.split('\r\n');
    waiting = lines.pop() ?? '';
    if (waiting.length > LINE_MAX_CHARS) socket.destroy();
    for (const line of lines) {
      socket.write(answer(line), 'latin1');
      if (line.toUpperCase() === 'QUIT') socket.end();
    }
  });
}

/** The maildrop of a session does not change while it lasts (RFC 1939, section 3). Returns what answers its lines. */
function createConversation(mailbox: Pop3Mailbox): (line: string) => string {
  let user = '';
  let drop: readonly Buffer[] | null = null;
  return (line) => {
    const [command = '', parameter = ''] = line.split(' ');
    if (drop !== null) return answerTo(command.toUpperCase(), parameter, drop);
    switch (command.toUpperCase()) {
      case 'CAPA':
        return '+OK\r\nUSER\r\nUIDL\r\n.\r\n';
      case 'USER':
        user = parameter;
        return '+OK\r\n';
      case 'PASS':
        if (user !== mailbox.user || parameter !== mailbox.password) return '-ERR\r\n';
        drop = mailbox.mails();
        return '+OK\r\n';
      case 'QUIT':
        return '+OK\r\n';
      default:
        return '-ERR\r\n';
    }
  };
}

function answerTo(command: string, parameter: string, drop: readonly Buffer[]): string {
  const mail = drop[Number(parameter) - 1];
  switch (command) {
    case 'STAT':
      return `+OK ${drop.length} ${drop.reduce((total, { length }) => total + length, 0)}\r\n`;
    case 'LIST':
      return listing(drop.map(({ length }) => length));
    case 'UIDL':
      return listing(drop.map((_, index) => index + 1));
    case 'RETR':
      return mail === undefined ? '-ERR\r\n' : `+OK\r\n${stuffed(mail)}\r\n.\r\n`;
    case 'DELE':
    case 'NOOP':
    case 'QUIT':
      return '+OK\r\n';
    default:
      return '-ERR\r\n';
  }
}

const listing = (values: readonly number[]): string =>
  `+OK\r\n${values.map((value, index) => `${index + 1} ${value}\r\n`).join('')}.\r\n`;

/** A line that begins with the end's dot gets one more (RFC 1939, section 3). */
const stuffed = (mail: Buffer): string =>
  mail
    .toString('latin1')
    .replace(/(\r\n)?$/, '')
    .replace(/^\./gm, '..');
