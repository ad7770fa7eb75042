/** What the apps of these tests offer, and to whom. */
export const KEY: string = `sk-or-v1-${'c'.repeat(64)}`;
export const MODEL = 'acme/writer-1';
export const PRICING = { prompt: '0.000001', completion: '0.000002' } as const;
