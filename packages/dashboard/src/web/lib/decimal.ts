/**
 * Text of a decimal number as people write it: no exponent, no zeros at its end. Numbers of the API are the shortest
 * text that reads as themselves, so nothing is lost.
 */
export function plainDecimal(value: string | number): string {
  const match = /^(-?)(\d+)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(String(value));
  if (!match) return String(value);
  const [, sign = '', whole = '', part = '', exponent = '0'] = match;
  return shifted(sign, whole, part, Number(exponent));
}

/** Moves the decimal point to the right: a price for one token becomes the price for a million at 6. */
export function shiftDecimal(value: string | number, places: number): string {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(plainDecimal(value));
  if (!match) return String(value);
  const [, sign = '', whole = '', part = ''] = match;
  return shifted(sign, whole, part, places);
}

function shifted(sign: string, whole: string, part: string, places: number): string {
  const digits = (whole + part).padStart(places < 0 ? whole.length + part.length - places : 0, '0');
  const point = digits.length - part.length + places;
  const padded = digits.padEnd(Math.max(point, digits.length), '0');
  const left = padded.slice(0, Math.max(point, 0)).replace(/^0+(?=\d)/, '');
  const right = padded.slice(Math.max(point, 0)).replace(/0+$/, '');
  const text = right === '' ? left || '0' : `${left || '0'}.${right}`;
  return /^[0.]*$/.test(text) ? '0' : `${sign}${text}`;
}

/** `$1,234.50`: at least two decimals, all that there are, thousands apart. */
export function usd(value: string | number): string {
  const text = plainDecimal(value);
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return text;
  const [, sign = '', whole = '', part = ''] = match;
  return `${sign === '-' ? '−' : ''}$${whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')}.${part.padEnd(2, '0')}`;
}

/** Whether a text is an amount the API takes: digits, at most nine decimals. */
export function isUsdInput(text: string): boolean {
  return /^\d{1,9}(\.\d{1,9})?$/.test(text);
}
