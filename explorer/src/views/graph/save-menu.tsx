import { type RefObject, useState } from 'react';
import { Menu } from '../../components/menu.tsx';
import { readPalette } from '../../picture/palette.ts';
import type { Picture, Positions } from '../../picture/picture.ts';
import { pngOf, saveFile } from '../../picture/save.ts';
import { svgOf } from '../../picture/svg.ts';

export type TextFormat = 'MERMAID' | 'GRAPHML';

export interface SaveMenuProps {
  readonly picture: Picture;
  readonly places: RefObject<Positions>;
  /** The name of the files, without ending. */
  readonly name: string;
  /** The graph as the gateway writes it for other tools; null where it cannot. */
  readonly readText: ((format: TextFormat) => Promise<string>) | null;
}

/** Takes the picture along, as it is arranged now. */
export const SaveMenu = ({ picture, places, name, readText }: SaveMenuProps) => {
  const [problem, setProblem] = useState<string | null>(null);
  const save = (ending: string, read: () => Blob | Promise<Blob>) => async (): Promise<void> => {
    try {
      saveFile(`${name}.${ending}`, await read());
      setProblem(null);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'This could not be saved.');
    }
  };
  const svg = () => svgOf(picture, places.current, readPalette());
  const text = (format: TextFormat) => async () => new Blob([(await readText?.(format)) ?? ''], { type: 'text/plain' });
  return (
    <Menu label="Save">
      <button type="button" onClick={save('png', () => pngOf(svg()))}>
        PNG
      </button>
      <button type="button" onClick={save('svg', () => new Blob([svg().text], { type: 'image/svg+xml' }))}>
        SVG
      </button>
      <button type="button" disabled={!readText} onClick={save('mmd', text('MERMAID'))}>
        Mermaid
      </button>
      <button type="button" disabled={!readText} onClick={save('graphml', text('GRAPHML'))}>
        GraphML
      </button>
      {!readText && <p>Mermaid and GraphML of impact and paths hold at most 50 vertices.</p>}
      {problem && <p role="alert">{problem}</p>}
    </Menu>
  );
};
