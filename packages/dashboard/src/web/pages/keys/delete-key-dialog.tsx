import type { ReactElement } from 'react';
import { useDeleteKey } from '../../api/keys.ts';
import type { ApiKey } from '../../api/keys.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';

export interface DeleteKeyDialogProps {
  readonly apiKey: ApiKey;
  readonly onClose: () => void;
}

export function DeleteKeyDialog({ apiKey, onClose }: DeleteKeyDialogProps): ReactElement {
  const remove = useDeleteKey(apiKey.hash);
  return (
    <ConfirmDialog
      opened
      title="Delete this key?"
      confirm="Delete the key"
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      <strong className="or-break">{apiKey.name}</strong> stops working at once, for good. Programs that use
      it will be refused. What it has spent stays in your activity.
    </ConfirmDialog>
  );
}
