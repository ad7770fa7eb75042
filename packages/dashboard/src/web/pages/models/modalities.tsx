import { AudioLines, FileText, Film, Image, Type } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';

const ICONS: Readonly<Record<string, LucideIcon>> = {
  text: Type,
  image: Image,
  file: FileText,
  audio: AudioLines,
  video: Film,
};

/** What a model takes or makes, as small signs with their names for screen readers. */
export function Modalities({ names }: { readonly names: readonly string[] }): ReactElement {
  return (
    <span className="or-modalities">
      {names.map((name) => {
        const Icon = ICONS[name];
        return Icon ? (
          <span key={name} title={name}>
            <Icon size={15} aria-hidden />
            <span className="or-hidden">{name} </span>
          </span>
        ) : (
          <span key={name}>{name}</span>
        );
      })}
    </span>
  );
}
