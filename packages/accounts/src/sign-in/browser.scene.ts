/** An answer, read. */
export interface Answer {
  readonly status: number;
  /** The JSON body, or its `error`. */
  readonly body: Record<string, unknown>;
  readonly data: Record<string, unknown>;
  readonly error: {
    readonly message: string;
    readonly param: string;
    readonly metadata: Record<string, unknown>;
  };
  readonly headers: Headers;
}

/** Keeps cookies like a browser, and says like one which site's page sends a request: this server's, unless told. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #base: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(base: string, headers: Readonly<Record<string, string>> = {}) {
    this.#base = base;
    this.#headers = headers;
  }

  get(path: string, headers?: Record<string, string>): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body: unknown = {}, headers?: Record<string, string>): Promise<Answer> {
    return this.send('POST', path, body, headers);
  }

  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const answer = await fetch(path.startsWith('http') ? path : this.#base + path, {
      method,
      redirect: 'manual',
      headers: {
        'sec-fetch-site': 'same-origin',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...this.#headers,
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    for (const set of answer.headers.getSetCookie()) this.#keep(set);
    const text = await answer.text();
    const json = (text.startsWith('{') ? JSON.parse(text) : {}) as Answer['body'];
    return {
      status: answer.status,
      body: json,
      data: (json['data'] ?? {}) as Answer['data'],
      error: (json['error'] ?? {}) as Answer['error'],
      headers: answer.headers,
    };
  }

  #keep(set: string): void {
    const [pair = ''] = set.split(';');
    const [name = '', value = ''] = pair.split('=');
    if (value === '' || /max-age=0/i.test(set)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
