import type { Snippet } from '../../lib/snippets.ts';
import type { ApiDocument, Operation } from '../../api/api-document.ts';
import type { ListedOperation } from './read-operations.ts';
import { sampleOf } from './sample.ts';

/** Where the examples send their requests. */
export interface Place {
  /** `https://host`. */
  readonly origin: string;
  /** `https://host/v1`. */
  readonly baseUrl: string;
}

type Caller = 'api_key' | 'management_key' | 'session' | 'nobody';

const VARIABLES = { api_key: 'ONEROUTER_API_KEY', management_key: 'ONEROUTER_MANAGEMENT_KEY' } as const;

/** How to call an operation, ready to copy: with curl, and where a key may call it, with the OpenAI SDK. */
export function examplesOf(document: ApiDocument, listed: ListedOperation, place: Place): readonly Snippet[] {
  const caller = callerOf(listed.operation);
  const body = bodyOf(document, listed.operation);
  const curl = { id: 'curl', label: 'curl', code: curlCall(listed, caller, body, place) };
  if (listed.atRoot || caller === 'session') return [curl];
  return [curl, { id: 'sdk', label: 'OpenAI SDK', code: sdkCall(listed, caller, body, place) }];
}

/** The least that may call. */
export function callerOf({ security = [] }: Operation): Caller {
  const schemes = security.flatMap((one) => Object.keys(one));
  if (schemes.includes('api_key')) return 'api_key';
  if (schemes.includes('management_key')) return 'management_key';
  return schemes.includes('session') ? 'session' : 'nobody';
}

function bodyOf(document: ApiDocument, { requestBody }: Operation): unknown {
  const schema = requestBody?.content?.['application/json']?.schema;
  return schema && sampleOf(document, schema);
}

function pathOf({ path, operation }: ListedOperation): string {
  const required = (operation.parameters ?? []).filter((one) => one.in === 'query' && one.required === true);
  const query = required.map(({ name }) => `${name}=…`).join('&');
  return `${path.replaceAll(/\{(\w+)\}/g, '<$1>')}${query === '' ? '' : `?${query}`}`;
}

function curlCall(listed: ListedOperation, caller: Caller, body: unknown, place: Place): string {
  const method = listed.method.toUpperCase();
  const url = `${listed.atRoot ? place.origin : place.baseUrl}${pathOf(listed)}`;
  const verb = method === 'GET' || (method === 'POST' && body !== undefined) ? '' : `-X ${method} `;
  return [
    `curl ${verb}"${url}"`,
    ...authOf(caller),
    ...(body === undefined
      ? []
      : [`-H "Content-Type: application/json"`, `-d '${inShell(JSON.stringify(body))}'`]),
  ].join(' \\\n  ');
}

function authOf(caller: Caller): readonly string[] {
  if (caller === 'nobody') return [];
  if (caller === 'session') return ['--cookie "onerouter_session=$ONEROUTER_SESSION"'];
  return [`-H "Authorization: Bearer $${VARIABLES[caller]}"`];
}

function sdkCall(listed: ListedOperation, caller: Caller, body: unknown, place: Place): string {
  const variable = caller === 'management_key' ? VARIABLES.management_key : VARIABLES.api_key;
  return `import { env } from 'node:process';
import OpenAI from 'openai';

const client = new OpenAI({
  baseURL: '${place.baseUrl}',
  apiKey: env.${variable},
});
const answer = await ${callOf(listed, body)};
console.log(answer);`;
}

/** What the SDK has a method for; everything else goes through its plain HTTP methods. */
const SDK_METHODS: Readonly<Record<string, string>> = {
  'post /chat/completions': 'chat.completions.create',
  'post /completions': 'completions.create',
  'post /embeddings': 'embeddings.create',
  'get /models': 'models.list',
};

function callOf(listed: ListedOperation, body: unknown): string {
  const method = SDK_METHODS[`${listed.method} ${listed.path}`];
  const written = body === undefined ? '' : JSON.stringify(body, null, 2);
  if (method !== undefined) return `client.${method}(${written})`;
  return `client.${listed.method}('${pathOf(listed)}'${written === '' ? '' : `, { body: ${written} }`})`;
}

function inShell(text: string): string {
  return text.replaceAll("'", String.raw`'\''`);
}
