import type { ApiDocument, Method, Operation } from '../../api/api-document.ts';

const METHODS: readonly Method[] = ['get', 'post', 'put', 'patch', 'delete'];
const UNTAGGED = 'Other';

/** An operation with its place. */
export interface ListedOperation {
  /** Its anchor. */
  readonly id: string;
  readonly method: Method;
  /** Below the mount. */
  readonly path: string;
  readonly tag: string;
  readonly operation: Operation;
  /** Whether it is outside of the mount, at the root of the server. */
  readonly atRoot: boolean;
}

export interface OperationGroup {
  readonly tag: string;
  readonly operations: readonly ListedOperation[];
}

/** Every operation, grouped by tag in the order in which tags first appear. */
export function readOperations(document: ApiDocument): readonly OperationGroup[] {
  const all = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method): ListedOperation[] => {
      const operation = item[method];
      if (!operation) return [];
      const id = operation.operationId ?? `${method}-${path.replaceAll(/\W+/g, '-')}`;
      const atRoot = item.servers?.some(({ url }) => url === '/') ?? false;
      return [{ id, method, path, tag: operation.tags?.[0] ?? UNTAGGED, operation, atRoot }];
    }),
  );
  return [...Map.groupBy(all, ({ tag }) => tag)].map(([tag, operations]) => ({ tag, operations }));
}

/** The operations in which every word of a text occurs: in path, summary, name, method or tag. */
export function findOperations(groups: readonly OperationGroup[], text: string): readonly OperationGroup[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return groups;
  return groups
    .map(({ tag, operations }) => ({
      tag,
      operations: operations.filter((one) => words.every((word) => searchText(one).includes(word))),
    }))
    .filter(({ operations }) => operations.length > 0);
}

function searchText({ id, method, path, tag, operation }: ListedOperation): string {
  return [id, method, path, tag, operation.summary ?? '', operation.description ?? '']
    .join(' ')
    .toLowerCase();
}
