import { Anchor, Skeleton, Text } from '@mantine/core';
import { SearchX } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { DESCRIPTION_URL, useApiDocument } from '../../api/reference.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import type { ApiDocument } from '../../api/api-document.ts';
import { Introduction } from './introduction.tsx';
import { OperationGroupView } from './operation-group-view.tsx';
import { findOperations, readOperations } from './read-operations.ts';
import { TableOfContents } from './table-of-contents.tsx';
import { useAnchor } from './use-anchor.ts';
import '../../styles/docs.css';

/** The API reference, made of the description that the server gives of itself. */
export default function DocsPage(): ReactElement {
  const document = useApiDocument();
  return (
    <Page
      title="API reference"
      description={
        <>
          Made of <Anchor href={DESCRIPTION_URL}>{DESCRIPTION_URL}</Anchor>, which tools read as well.
        </>
      }
    >
      <QueryView
        query={document}
        loading={<Skeleton height={420} />}
        errorTitle="The API’s description could not be loaded"
      >
        {(found) => <Reference document={found} />}
      </QueryView>
    </Page>
  );
}

function Reference({ document }: { readonly document: ApiDocument }): ReactElement {
  const [text, setText] = useState('');
  const groups = useMemo(() => readOperations(document), [document]);
  const found = findOperations(groups, text);
  const anchor = useAnchor();
  return (
    <div className="or-docs">
      <div className="or-docs-side">
        <SearchBox label="Search the reference" value={text} onChange={setText} />
        <TableOfContents groups={found} current={anchor} />
      </div>
      <div className="or-docs-main">
        {text.trim() === '' && <Introduction />}
        <Text className="or-hidden" role="status">
          {text.trim() === '' ? '' : `Found: ${found.flatMap(({ operations }) => operations).length}`}
        </Text>
        {found.length === 0 && (
          <EmptyState icon={SearchX} title="Nothing matches">
            Search for a path, such as <code>/keys</code>, or for what you want to do.
          </EmptyState>
        )}
        {found.map((group) => (
          <OperationGroupView key={group.tag} document={document} group={group} anchor={anchor} />
        ))}
      </div>
    </div>
  );
}
