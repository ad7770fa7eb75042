import { html, type Html } from './html.ts';
import type { Offer } from './offers.ts';
import { snippets } from './snippets.ts';

/** Models shown at once; the others are behind a fold. */
export const MODELS_SHOWN = 40;

export interface StartPage {
  /** `http://HOST:PORT` as the visitor reached it. */
  readonly address: string;
  readonly offers: readonly Offer[];
  /** Id of the model in the examples. */
  readonly example: string;
  /** Names of the providers, as people know them. */
  readonly providers: readonly string[];
  /** Path of the file that holds the demo's API key; `undefined` outside the demo. */
  readonly demoKeyFile: string | undefined;
}

/** The page at `/`: what runs here, and how to call it. */
export function startPage(page: StartPage): string {
  const { address, offers, example, providers, demoKeyFile } = page;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>OneRouter</title>
        <link rel="stylesheet" href="/start.css" />
      </head>
      <body>
        <header>
          <h1>OneRouter</h1>
          <p>One OpenAI-compatible address for every model: routed, with fallback, metered and charged.</p>
        </header>
        <main>
          ${demoKeyFile === undefined ? '' : demoNotice(demoKeyFile)}
          <section aria-labelledby="call">
            <h2 id="call">Call it</h2>
            ${baseUrl(address, demoKeyFile)} ${snippets(address, example)}
          </section>
          <section aria-labelledby="models">
            <h2 id="models">Models on offer</h2>
            ${offers.length === 0 ? noModels() : modelTable(offers)}
            <p>
              ${providerLine(providers)} Prices are in USD for a million tokens, at the cheapest provider,
              discount included. The same as data: <a href="/v1/models">/v1/models</a>,
              <a href="/v1/providers">/v1/providers</a>.
            </p>
          </section>
          <section aria-labelledby="more">
            <h2 id="more">More</h2>
            <ul>
              <li><a href="/openapi.json">/openapi.json</a> describes every route.</li>
              <li><a href="/health/ready">/health/ready</a> says whether it can serve.</li>
              <li><a href="/metrics">/metrics</a> has figures for Prometheus.</li>
            </ul>
          </section>
        </main>
      </body>
    </html> `.text;
}

function demoNotice(file: string): Html {
  return html`<aside>
    <p>
      <strong>This is the demo.</strong> No provider key is set, so the providers are pretend ones on this
      machine, and one of them fails now and then. Routing, fallback, metering and charging are real. Set the
      key of a provider, for example <code>OPENAI_API_KEY</code>, and start again to reach real models.
    </p>
    <p>The demo account’s API key was printed at the start and is kept in <code>${file}</code>.</p>
  </aside>`;
}

function baseUrl(address: string, demoKeyFile: string | undefined): Html {
  const [whose, value] =
    demoKeyFile === undefined ? ['your', 'sk-or-v1-…'] : ['the demo’s', `$(cat ${demoKeyFile})`];
  return html`<p>The base URL is <code>${address}/v1</code>. Put ${whose} API key into the environment:</p>
    <pre tabindex="0"><code>export ONEROUTER_API_KEY=${value}</code></pre>`;
}

function providerLine(providers: readonly string[]): Html {
  return html`${providers.length} ${providers.length === 1 ? 'provider' : 'providers'}:
  ${providers.join(', ')}.`;
}

function noModels(): Html {
  return html`<p>None yet. Name providers and models in the configuration file.</p>`;
}

function modelTable(offers: readonly Offer[]): Html {
  const more = offers.slice(MODELS_SHOWN);
  return html`${table(offers.slice(0, MODELS_SHOWN))}
  ${
    more.length === 0
      ? ''
      : html`<details>
          <summary>${more.length} more</summary>
          ${table(more)}
        </details>`
  }`;
}

function table(offers: readonly Offer[]): Html {
  return html`<div class="wide" role="region" aria-label="Models and prices" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">Model</th>
          <th scope="col" class="number">Context</th>
          <th scope="col" class="number">Prompt</th>
          <th scope="col" class="number">Completion</th>
          <th scope="col">Providers</th>
        </tr>
      </thead>
      <tbody>
        ${offers.map(row)}
      </tbody>
    </table>
  </div>`;
}

function row(offer: Offer): Html {
  const also = offer.aliases.length === 0 ? '' : html`<br /><small>also ${offer.aliases.join(', ')}</small>`;
  const discount = offer.discount === '' ? '' : html` <small>up to ${offer.discount} off</small>`;
  return html`<tr>
    <th scope="row">${offer.name}<br /><code>${offer.id}</code>${also}</th>
    <td class="number">${offer.context}</td>
    <td class="number">${offer.promptPrice}</td>
    <td class="number">${offer.completionPrice}</td>
    <td>${offer.providers.join(', ')}${discount}</td>
  </tr>`;
}
