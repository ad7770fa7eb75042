import type { ReactElement } from 'react';
import ReactMarkdown from 'react-markdown';
import type { Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';

/** Links leave the page without a trace of it; pictures become links, so that an answer fetches nothing by itself. */
const PARTS: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ),
  img: ({ src, alt }) => (
    <a href={typeof src === 'string' ? src : undefined} target="_blank" rel="noopener noreferrer nofollow">
      {alt ?? 'picture'}
    </a>
  ),
  pre: ({ children }) => <pre tabIndex={0}>{children}</pre>,
};
const PLUGINS = [remarkGfm];

/** What a model wrote. HTML in it stays text. */
export default function Markdown({ text }: { readonly text: string }): ReactElement {
  return (
    <div className="or-markdown">
      <ReactMarkdown remarkPlugins={PLUGINS} components={PARTS}>
        {text}
      </ReactMarkdown>
    </div>
  );
}
