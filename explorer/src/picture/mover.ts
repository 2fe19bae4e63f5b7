import { animateNodes } from 'sigma/utils';
import type { Drawing } from './drawing.ts';
import type { Positions } from './picture.ts';

/** Moving what the eye can follow is worth it; thousands of vertices jump from one result to the next. */
const MOST_ANIMATED = 300;
const DURATION_MS = 350;

/** Moves the vertices of the present drawing to where they belong. Few of them glide, and wait for the last result. */
export const moverOf = (present: () => Drawing | undefined) => {
  let stop = (): void => undefined;
  return {
    to: (positions: Positions, isLast: boolean): void => {
      const drawing = present();
      if (!drawing) return;
      const isGliding = drawing.order <= MOST_ANIMATED && !matchMedia('(prefers-reduced-motion: reduce)').matches;
      if (!isGliding) jump(drawing, positions);
      else if (isLast) stop = animateNodes(drawing, Object.fromEntries(positions), { duration: DURATION_MS });
    },
    stop: (): void => stop(),
  };
};

const jump = (drawing: Drawing, positions: Positions): void =>
  drawing.updateEachNodeAttributes((id, place) => ({ ...place, ...positions.get(id) }), { attributes: ['x', 'y'] });
