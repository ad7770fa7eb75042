import { Drawer } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useGeneration } from '../../api/generations.ts';
import type { GenerationRow } from '../../api/generations.ts';
import { QueryView } from '../../components/query-view.tsx';
import { Details } from './details.tsx';

export interface DetailsDrawerProps {
  /** Of the request to show; `null` for none. */
  readonly id: string | null;
  /** The same as the list has it, where it does. */
  readonly row: GenerationRow | undefined;
  readonly onClose: () => void;
}

/** One request in full, beside the list. */
export function DetailsDrawer({ id, row, onClose }: DetailsDrawerProps): ReactElement {
  // What was shown stays while the drawer moves out.
  const [last, setLast] = useState(id);
  if (id !== null && id !== last) setLast(id);
  const shown = id ?? last;
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title="Request"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {shown !== null && <Loaded key={shown} id={shown} row={row} />}
    </Drawer>
  );
}

function Loaded(props: { readonly id: string; readonly row: GenerationRow | undefined }): ReactElement {
  const generation = useGeneration(props.id);
  return (
    <QueryView query={generation} errorTitle="This request could not be loaded">
      {(found) => <Details generation={found} row={props.row} />}
    </QueryView>
  );
}
