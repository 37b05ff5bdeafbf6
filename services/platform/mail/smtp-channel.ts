import { connect, isIP } from 'node:net';
import { createTransport } from 'nodemailer';
import type SMTPTransport from 'nodemailer/lib/smtp-transport';
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

/**
 * Mail by SMTP, a connection per mail. What a server takes was sent, not delivered: nobody says when it arrives. A refusal
 * of the recipient for good (5xx to RCPT) is undeliverable; everything else may be tried again. The time limit covers all
 * of it, however slowly a server drips: the socket is ours, and is broken off then.
 */
export function createSmtpChannel(options: SmtpChannelOptions): MessageChannel {
  const { from, timeoutMs } = options;
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);

  async function send(message: OutgoingMessage): Promise<MessageResult> {
    const { id, to, at, subject, text, html, language } = message;
    if (to === null) return { as: 'undeliverable', reason: 'no-address' };
    const signal = AbortSignal.timeout(timeoutMs);
    const transport = createTransport(transportOptions(options, signal));
    try {
      await transport.sendMail({
        from,
        // As objects they are addresses whatever stands in them, never further ones.
        to: to.split(',').map((address) => ({ name: '', address: address.trim() })),
        messageId: `<${id}@${domain}>`,
        date: new Date(at),
        subject,
        text,
        ...(html === null ? {} : { html }),
        headers: {
          ...(language === 'both' ? {} : { 'Content-Language': language }),
          'Auto-Submitted': 'auto-generated',
        },
      });
      return { as: 'sent', isDelivered: false };
    } catch (error) {
      return signal.aborted ? { as: 'failed', reason: 'smtp-timeout', retryAfterMs: null } : toResult(error);
    } finally {
      transport.close();
    }
  }

  return { needs: 'email', send, close: () => Promise.resolve() };
}

function transportOptions(options: SmtpChannelOptions, signal: AbortSignal): SMTPTransport.Options {
  const { host, port, tls, user, password, timeoutMs, ca } = options;
  return {
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'plain',
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // A text is a text: it names no files and no addresses to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
    getSocket(_options, callback) {
      const socket = connect({ host, port });
      signal.addEventListener('abort', () => socket.destroy(new Error('the time is up')), { once: true });
      socket.once('error', (error) => callback(error, undefined));
      socket.once('connect', () => {
        socket.removeAllListeners('error');
        callback(null, { connection: socket });
      });
    },
    ...(user === null || password === null ? {} : { auth: { user, pass: password.reveal().toString('utf8') } }),
    tls: { servername: isIP(host) === 0 ? host : '', ...(ca === undefined ? {} : { ca }) },
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
