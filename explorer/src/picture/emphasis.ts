import type { Renderer } from './renderer.ts';

/** Lets one vertex stand out with what it is connected to; null shows all alike. */
export const dimAllBut = (renderer: Renderer, id: string | null): void => {
  const graph = renderer.getGraph();
  const isKept = id !== null && graph.hasNode(id);
  const near = new Set(isKept ? [id, ...graph.neighbors(id)] : graph.nodes());
  const arrows = new Set(isKept ? graph.edges(id) : graph.edges());
  const [bright, dim] = split(graph.nodes(), near);
  const [brightArrows, dimArrows] = split(graph.edges(), arrows);
  renderer.setNodesState(bright, { isDimmed: false });
  renderer.setNodesState(dim, { isDimmed: true });
  renderer.setEdgesState(brightArrows, { isDimmed: false });
  renderer.setEdgesState(dimArrows, { isDimmed: true });
};

const split = (all: readonly string[], kept: ReadonlySet<string>): [string[], string[]] => [
  all.filter((id) => kept.has(id)),
  all.filter((id) => !kept.has(id)),
];

/** Moves the camera to a vertex that was chosen elsewhere and is not to be seen. */
export const bringIntoView = (renderer: Renderer, id: string | null): void => {
  const place = id === null ? undefined : renderer.getNodeDisplayData(id);
  if (!place) return;
  const { x, y } = renderer.framedGraphToViewport(place);
  const { width, height } = renderer.getDimensions();
  if (x < 0 || y < 0 || x > width || y > height) void renderer.getCamera().animate({ x: place.x, y: place.y });
};
