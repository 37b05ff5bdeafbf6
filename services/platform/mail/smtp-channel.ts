import { createTransport } from 'nodemailer';
import type { MessageChannel, MessageResult, OutgoingMessage } from '../../core/ports/message-channel.ts';
import type { DurationMs } from '../../core/units.ts';
import type { SecretKey } from '../crypto/secret-key.ts';

export interface SmtpChannelOptions {
  readonly host: string;
  readonly port: number;
  /** `implicit`: TLS from the first byte; `starttls`: required; `plain`: none. */
  readonly tls: 'implicit' | 'starttls' | 'plain';
  readonly user: string | null;
  readonly password: SecretKey | null;
  readonly from: { readonly name: string; readonly address: string };
  readonly timeoutMs: DurationMs;
  /** PEM of a further authority that the server's certificate may come from. */
  readonly ca?: string;
}

const connections = 4;

/**
 * Mail by SMTP. What a server takes was sent, not delivered: nobody says when it arrives. A refusal of the recipient for
 * good (5xx to RCPT) is undeliverable; everything else may be tried again.
 */
export function createSmtpChannel(options: SmtpChannelOptions): MessageChannel {
  const { user, password, from, timeoutMs } = options;
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  const transport = createTransport({
    pool: true,
    maxConnections: connections,
    host: options.host,
    port: options.port,
    secure: options.tls === 'implicit',
    requireTLS: options.tls === 'starttls',
    ignoreTLS: options.tls === 'plain',
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // A text is a text: it names no files and no addresses to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user === null || password === null ? {} : { auth: { user, pass: password.reveal().toString('utf8') } }),
    ...(options.ca === undefined ? {} : { tls: { ca: options.ca } }),
  });

  async function send({ id, to, at, subject, text, html, language }: OutgoingMessage): Promise<MessageResult> {
    if (to === null) return { as: 'undeliverable', reason: 'no-address' };
    try {
      await transport.sendMail({
        from,
        // As an object it is one address whatever stands in it, never a list.
        to: to.split(',').map((address) => ({ name: '', address: address.trim() })),
        messageId: `<${id}@${domain}>`,
        date: new Date(at),
        subject,
        text,
        ...(html === null ? {} : { html }),
        headers: { ...(language === 'both' ? {} : { 'Content-Language': language }), 'Auto-Submitted': 'auto-generated' },
      });
      return { as: 'sent', isDelivered: false };
    } catch (error) {
      return toResult(error);
    }
  }

  return {
    needs: 'email',
    send,
    close() {
      transport.close();
      return Promise.resolve();
    },
  };
}

interface SmtpFault {
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
}

/** The fault's text holds the address and what the server wrote: only its codes are told on. */
function toResult(error: unknown): MessageResult {
  const { code, responseCode, command } = error as SmtpFault;
  const reason = responseCode === undefined ? `smtp-${(code ?? 'fault').toLowerCase()}` : `smtp-${responseCode}`;
  const isRefused = responseCode !== undefined && responseCode >= 500 && command === 'RCPT TO';
  if (isRefused || (code === 'EENVELOPE' && responseCode === undefined)) return { as: 'undeliverable', reason };
  return { as: 'failed', reason, retryAfterMs: null };
}
