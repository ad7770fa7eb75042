/** What the server wrote into the page; see `PageFacts` on its side. */
export interface Facts {
  readonly base: string;
  readonly apiBase: string;
  readonly styleNonce: string;
  readonly demo?: { readonly keyFile?: string; readonly signIn?: string };
  readonly openApiUrl?: string;
  readonly supportUrl?: string;
}

function readFacts(): Facts {
  const text = document.querySelector('#page-facts')?.textContent ?? '';
  const written = (text === '' ? {} : JSON.parse(text)) as Partial<Facts>;
  return { base: '', apiBase: '/api/v1', styleNonce: '', ...written };
}

export const facts: Facts = readFacts();
