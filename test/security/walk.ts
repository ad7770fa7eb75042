/** Who calls, by the headers that say so. */
export interface Caller {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Seen {
  readonly status: number;
  readonly text: string;
}

/** How long a stream that does not end is listened to. */
const STREAM_MS = 300;

/** One request. Of a stream, what comes in the first moments. */
export async function ask(
  url: string,
  name: string,
  caller: Caller | undefined,
  body?: object,
): Promise<Seen> {
  const [method = '', path = ''] = name.split(' ');
  const ended = new AbortController();
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    redirect: 'manual',
    signal: ended.signal,
    headers: { ...caller?.headers, ...(method === 'GET' ? {} : { 'content-type': 'application/json' }) },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
  });
  if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true) {
    return { status: response.status, text: await response.text() };
  }
  const timer = setTimeout(() => ended.abort(), STREAM_MS);
  let text = '';
  try {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
  } catch {
    // Hung up on purpose.
  }
  clearTimeout(timer);
  return { status: response.status, text };
}

/** Signs a new account up, and returns its cookie and what it may be told apart by. */
export async function signUp(url: string, email: string): Promise<{ caller: Caller; id: string }> {
  const response = await fetch(`${url}/api/v1/auth/sign-up`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'a long enough secret' }),
  });
  const { data } = (await response.json()) as { data: { id: string } };
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return { caller: { name: `${email}'s session`, headers: { cookie } }, id: data.id };
}

/** A new key of an account, by its session. */
export async function makeKey(
  url: string,
  { headers }: Caller,
  name: string,
): Promise<{ key: string; hash: string }> {
  const response = await fetch(`${url}/api/v1/keys`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  });
  const { key, data } = (await response.json()) as { key: string; data: { hash: string } };
  return { key, hash: data.hash };
}
