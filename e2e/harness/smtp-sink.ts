import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { until } from './until.ts';

/** One delivery: what the wire carried, and for whom. */
export interface SentMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly bytes: Buffer;
}

/** A mail server on this computer that takes every mail and keeps it. */
export interface SmtpSink extends AsyncDisposable {
  readonly port: number;
  /** Every mail that came, oldest first. */
  readonly mails: readonly SentMail[];
  /** The oldest mail to this address that was not taken yet; waits for it. */
  take(recipient: string, limitMs?: number): Promise<SentMail>;
  close(): Promise<void>;
}

const MAIL_MAX_BYTES = 16 * 1024 * 1024;

export async function startSmtpSink(): Promise<SmtpSink> {
  const mails: SentMail[] = [];
  const taken = new Set<SentMail>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    size: MAIL_MAX_BYTES,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom === false ? '' : mailFrom.address.toLowerCase(),
          to: rcptTo.map((recipient) => recipient.address.toLowerCase()),
          bytes: Buffer.concat(chunks),
        });
        done();
      });
    },
  });
  const listening = await new Promise<AddressInfo>((resolve, reject) => {
    server.on('error', reject);
    const socket = server.listen(0, '127.0.0.1', () => {
      const address = socket.address();
      if (address === null || typeof address === 'string') reject(new Error('The mail server has no port.'));
      else resolve(address);
    });
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
    });
  return {
    port: listening.port,
    mails,
    take: async (recipient, limitMs) => {
      const mail = await until(
        `a mail to ${recipient}`,
        () => mails.find((candidate) => !taken.has(candidate) && candidate.to.includes(recipient)),
        limitMs,
      );
      taken.add(mail);
      return mail;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
