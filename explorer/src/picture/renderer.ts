// biome-ignore-all lint/suspicious/noThenProperty: sigma's styles are named so, and nothing awaits them.
import { DirectedGraph } from 'graphology';
import type { Attributes } from 'graphology-types';
import { extremityArrow, layerPlain, pathLine, sdfCircle, sdfDiamond, sdfSquare } from 'sigma/rendering';
import type { DrawnArrow, DrawnVertex } from './drawing.ts';
import { SteadySigma } from './steady-sigma.ts';
import { vertexLayers } from './vertex-layers.ts';

interface ItemState {
  isDimmed: boolean;
}

const COLOR = { type: 'color', default: 'rgba(0, 0, 0, 0)' } as const;

const PRIMITIVES = {
  nodes: {
    shapes: [sdfCircle(), sdfSquare({ cornerRadius: 0.2 }), sdfDiamond({ cornerRadius: 0.1 })],
    layers: vertexLayers(),
    variables: { core: COLOR, hole: COLOR },
    label: { margin: 4, font: { family: 'system-ui, sans-serif', size: 12, weight: '500' } },
  },
  edges: {
    paths: [pathLine()],
    layers: [layerPlain()],
    extremities: [extremityArrow({ lengthRatio: 6, widthRatio: 5 })],
  },
};

/** Draws on a canvas of the element. What depends on data is an attribute of the drawing; the rest is here. */
export const createRenderer = (element: HTMLElement) =>
  new SteadySigma<DrawnVertex, DrawnArrow, Attributes, ItemState, ItemState, object, typeof PRIMITIVES>(
    new DirectedGraph<DrawnVertex, DrawnArrow>(),
    element,
    {
      primitives: PRIMITIVES,
      styles: {
        nodes: {
          x: { attribute: 'x' },
          y: { attribute: 'y' },
          size: { attribute: 'size' },
          color: { attribute: 'color' },
          core: { attribute: 'core' },
          hole: { attribute: 'hole' },
          shape: { attribute: 'shape' },
          opacity: { whenState: 'isDimmed', then: 0.25, else: 1 },
          label: { attribute: 'label' },
          labelColor: { attribute: 'labelColor' },
          labelPosition: 'below',
          labelVisibility: {
            whenState: 'isHovered',
            then: 'visible',
            else: { whenState: 'isDimmed', then: 'hidden', else: { attribute: 'labelVisibility' } },
          },
          depth: { whenState: 'isHovered', then: 'topNodes', else: 'nodes' },
          cursor: 'pointer',
        },
        edges: {
          color: { attribute: 'color' },
          size: { attribute: 'size' },
          head: 'arrow',
          opacity: { whenState: 'isDimmed', then: 0.15, else: 1 },
        },
      },
      customNodeState: { isDimmed: false },
      customEdgeState: { isDimmed: false },
      settings: {
        itemSizesReference: 'screen',
        minEdgeThickness: 0.6,
        stagePadding: 56,
        enableCameraRotation: false,
        minCameraRatio: 0.02,
        maxCameraRatio: 4,
        labelDensity: 0.9,
        labelRenderedSizeThreshold: 4,
      },
    },
  );

export type Renderer = ReturnType<typeof createRenderer>;
