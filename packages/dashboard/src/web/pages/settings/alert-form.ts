import type { Alerts } from '../../api/session.ts';
import { isUsdInput, plainDecimal } from '../../lib/decimal.ts';

/** What the form holds while somebody types. */
export interface AlertForm {
  readonly enabled: boolean;
  /** An amount in USD. */
  readonly threshold: string;
  readonly email: boolean;
  /** Empty for none. */
  readonly webhook: string;
}

const SUGGESTED_THRESHOLD = '5';

export function formOf(alerts: Alerts | null): AlertForm {
  return {
    enabled: alerts !== null,
    threshold: alerts === null ? SUGGESTED_THRESHOLD : plainDecimal(alerts.threshold_usd),
    email: alerts?.email ?? true,
    webhook: alerts?.webhook_url ?? '',
  };
}

/** What is wrong, field by field; nothing where it can be sent. */
export function problemsOf(form: AlertForm): Partial<Record<keyof AlertForm, string>> {
  if (!form.enabled) return {};
  return {
    ...(!isUsdInput(form.threshold) && { threshold: 'An amount such as 5 or 0.50.' }),
    ...(form.webhook !== '' &&
      !isHttps(form.webhook) && { webhook: 'An address that begins with https://.' }),
    ...(!form.email && form.webhook === '' && { email: 'Choose e-mail, a webhook, or both.' }),
  };
}

/** As the API takes it. */
export function alertsOf(form: AlertForm): Alerts | null {
  if (!form.enabled) return null;
  return {
    threshold_usd: form.threshold,
    email: form.email,
    webhook_url: form.webhook === '' ? null : form.webhook,
  };
}

function isHttps(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}
