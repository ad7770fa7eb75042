import type { Sender } from '@onerouter/accounts';
import { createTransport } from 'nodemailer';

/** How long a mail server may take at each step. */
const TIMEOUT_MS = 20_000;

export interface MailOptions {
  /** `smtp://` or `smtps://`, with user and password where the server wants them. */
  readonly smtp: string;
  /** Whom letters come from: `OneRouter <no-reply@example.com>`. */
  readonly from: string;
}

/** Sends letters through a mail server. */
export function mailSender({ smtp, from }: MailOptions): Sender {
  const transport = createTransport({
    url: smtp,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  return {
    async send(message) {
      await transport.sendMail({ from, ...message });
    },
  };
}
