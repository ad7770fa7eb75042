import type { DashboardFacts } from './options.ts';

/** What the pages learn from the server when they load. */
export interface PageFacts extends DashboardFacts {
  /** Path the pages are mounted at, without a slash at its end; empty at the root. */
  readonly base: string;
  readonly apiBase: string;
  /** Admits the styles that the component library makes. */
  readonly styleNonce: string;
}

const FACTS_SLOT = '<script type="application/json" id="page-facts"></script>';

/** Completes the built HTML for one visit: paths below the mount, and the facts as data that no browser runs. */
export function pageHtml(shell: string, facts: PageFacts): string {
  const data = `<script type="application/json" id="page-facts">${toInertJson(facts)}</script>`;
  return shell
    .replaceAll(
      /(href|src)="\.\//g,
      (_match, attribute: string) => `${attribute}="${toAttribute(facts.base)}/`,
    )
    .replace(FACTS_SLOT, () => data);
}

/** JSON in which no text can end the script element or begin a comment. */
function toInertJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', String.raw`\u003c`);
}

function toAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
