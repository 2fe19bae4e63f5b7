import { type ReactNode, useRef } from 'react';
import { arrangementFor, type Picture, type Positions } from '../../picture/picture.ts';
import { PictureCanvas } from '../../picture/picture-canvas.tsx';
import type { GraphAddress } from './graph-params.ts';
import { Legend } from './legend.tsx';
import { SaveMenu, type TextFormat } from './save-menu.tsx';
import { VertexList } from './vertex-list.tsx';
import { VertexPanel } from './vertex-panel.tsx';

export interface GraphFrameProps {
  readonly address: GraphAddress;
  readonly picture: Picture;
  /** What the picture shows, for the names of files. */
  readonly name: string;
  readonly isBusy: boolean;
  readonly readText: ((format: TextFormat) => Promise<string>) | null;
  readonly onOpen: (id: string) => void;
  /** Controls of this kind of picture. */
  readonly controls: ReactNode;
  /** The way to its operation in GraphiQL. */
  readonly operation: ReactNode;
  /** What must be known before one believes the picture. */
  readonly notes?: ReactNode;
  /** Stands above the list of vertices. */
  readonly report?: ReactNode;
  /** What one can do with the selected vertex. */
  readonly actionsFor?: (id: string) => ReactNode;
}

/** Picture, legend and list, alike for every mode. */
export const GraphFrame = (props: GraphFrameProps) => {
  const { address, picture, name, isBusy, readText, onOpen, controls, operation, notes, report, actionsFor } = props;
  const places = useRef<Positions>(new Map());
  const arrangement = address.arrangement ?? arrangementFor(picture);
  const selected = picture.vertices.find(({ id }) => id === address.selected);
  return (
    <>
      <div className="graph-controls">
        {controls}
        <label>
          Arrange{' '}
          <select value={arrangement} onChange={({ target }) => address.go({ arrange: target.value })}>
            <option value="layers">in layers</option>
            <option value="forces">by forces</option>
          </select>
        </label>
        {operation}
        <SaveMenu picture={picture} places={places} name={name} readText={readText} />
      </div>
      {notes}
      <div className="graph-frame" aria-busy={isBusy}>
        <div className="graph-picture">
          <PictureCanvas
            picture={picture}
            arrangement={arrangement}
            selected={selected?.id ?? null}
            onSelect={(id) => address.adjust({ select: id })}
            onOpen={onOpen}
            places={places}
          />
          <Legend picture={picture} />
        </div>
        <aside>
          {selected && (
            <VertexPanel picture={picture} vertex={selected} address={address}>
              {actionsFor?.(selected.id)}
            </VertexPanel>
          )}
          {report}
          <VertexList picture={picture} selected={address.selected} onSelect={(id) => address.adjust({ select: id })} />
        </aside>
      </div>
    </>
  );
};
