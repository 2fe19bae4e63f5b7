import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { arrange } from './arrange.ts';
import { drawingOf } from './drawing.ts';
import { bringIntoView, dimAllBut } from './emphasis.ts';
import { firstPositions } from './first-positions.ts';
import { moverOf } from './mover.ts';
import type { Arrangement, Picture, Positions } from './picture.ts';
import { createRenderer, type Renderer } from './renderer.ts';
import { usePalette } from './use-palette.ts';
import { useStructure } from './use-structure.ts';
import './picture.css';

export interface PictureCanvasProps {
  readonly picture: Picture;
  readonly arrangement: Arrangement;
  readonly selected: string | null;
  readonly onSelect: (id: string | null) => void;
  /** A second click on the same vertex. */
  readonly onOpen: (id: string) => void;
  /** Holds where things are, for saving the picture. */
  readonly places: RefObject<Positions>;
}

/** In pixels. */
const NARROW = 600;

/** The picture itself. It is silent for screen readers: the list beside it says the same. */
export const PictureCanvas = ({ picture, arrangement, selected, onSelect, onOpen, places }: PictureCanvasProps) => {
  const element = useRef<HTMLDivElement>(null);
  const renderer = useRef<Renderer>(null);
  const [isDrawn] = useState(canDraw);
  const palette = usePalette();
  const now = useRef({ onSelect, onOpen, selected });
  now.current = { onSelect, onOpen, selected };

  // Before the element leaves the page: what is drawn on an element without a size fails.
  useLayoutEffect(() => {
    if (!element.current || !isDrawn) return;
    const created = createRenderer(element.current);
    created.on('clickNode', ({ node }) => now.current.onSelect(node));
    created.on('clickStage', () => now.current.onSelect(null));
    created.on('doubleClickNode', ({ node, preventSigmaDefault }) => {
      preventSigmaDefault();
      now.current.onOpen(node);
    });
    renderer.current = created;
    return () => {
      renderer.current = null;
      created.kill();
    };
  }, [isDrawn]);

  useEffect(() => {
    places.current = firstPositions(picture, places.current);
    const { current } = renderer;
    if (!current) return;
    const drawing = drawingOf(picture, palette, places.current);
    current.setGraph(drawing);
    dimAllBut(current, now.current.selected);
    performance.mark('picture:shown', { detail: { vertices: drawing.order, arrows: drawing.size } });
  }, [picture, palette, places]);

  const structure = useStructure(picture);
  useEffect(() => {
    const isNarrow = (element.current?.clientWidth ?? NARROW) < NARROW;
    const move = moverOf(() => renderer.current?.getGraph());
    const stop = arrange(structure, { by: arrangement, from: places.current, isNarrow }, (positions, isLast) => {
      places.current = positions;
      move.to(positions, isLast);
      if (isLast) performance.mark('picture:arranged');
    });
    return () => {
      stop();
      move.stop();
    };
  }, [structure, arrangement, places]);

  useEffect(() => {
    if (!renderer.current) return;
    dimAllBut(renderer.current, selected);
    bringIntoView(renderer.current, selected);
  }, [selected]);

  if (!isDrawn)
    return (
      <div className="picture">
        <p className="picture-missing" role="status">
          This browser does not draw with WebGL 2. The list holds the same, and the picture can be saved.
        </p>
      </div>
    );
  return (
    <div className="picture">
      <div className="picture-canvas" ref={element} aria-hidden="true" />
      <fieldset className="picture-zoom">
        <legend className="visually-hidden">Zoom</legend>
        <button type="button" aria-label="Zoom in" onClick={() => renderer.current?.getCamera().zoomIn()}>
          +
        </button>
        <button type="button" aria-label="Zoom out" onClick={() => renderer.current?.getCamera().zoomOut()}>
          −
        </button>
        <button type="button" aria-label="Show all" onClick={() => renderer.current?.getCamera().reset()}>
          ⤢
        </button>
      </fieldset>
    </div>
  );
};

const canDraw = (): boolean => document.createElement('canvas').getContext('webgl2') !== null;
