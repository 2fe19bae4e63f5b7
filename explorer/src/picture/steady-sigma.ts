import type { Attributes } from 'graphology-types';
import Sigma from 'sigma';
import type { PrimitivesDeclaration } from 'sigma/primitives';
import type { CameraState } from 'sigma/types';

/** Drawing more than this takes longer than a frame where no graphics card does it. */
const MOST_DRAWN_MOVING = 1500;
/** Counted in frames, not in time: while the last drawing still occupies the processor, frames are rare, and the camera is not still. */
const STILL_FRAMES = 15;

/**
 * Sigma draws everything anew for each step of the camera. Of a large graph this moves what was drawn instead, and draws again as soon as
 * the camera stands still: nothing disappears meanwhile, and moving costs the same for any size.
 */
export class SteadySigma<
  N extends Attributes,
  E extends Attributes,
  G extends Attributes,
  NS,
  ES,
  GS,
  const P extends PrimitivesDeclaration,
> extends Sigma<N, E, G, NS, ES, GS, P> {
  // The constructor of sigma draws, before these have values.
  #drawn: CameraState | undefined;
  #quietFrames = 0;
  #frame = 0;

  constructor(...options: ConstructorParameters<typeof Sigma<N, E, G, NS, ES, GS, P>>) {
    super(...options);
    this.on('afterRender', () => {
      this.#drawn = this.getCamera().getState();
      this.getStageCanvas().style.transform = '';
    });
    this.getStageCanvas().style.transformOrigin = '0 0';
  }

  override scheduleRender(): this {
    if (!(#drawn in this) || !this.#isMoving()) return super.scheduleRender();
    this.getStageCanvas().style.transform = this.#transform();
    this.#quietFrames = 0;
    if (this.#frame === 0) this.#frame = requestAnimationFrame(this.#drawWhenStill);
    return this;
  }

  override kill(): void {
    cancelAnimationFrame(this.#frame);
    super.kill();
  }

  readonly #drawWhenStill = (): void => {
    this.#quietFrames += 1;
    const isStill = this.#quietFrames > STILL_FRAMES;
    this.#frame = isStill ? 0 : requestAnimationFrame(this.#drawWhenStill);
    if (isStill) super.scheduleRender();
  };

  #isMoving(): boolean {
    const { order, size } = this.getGraph();
    if (!this.#drawn || order + size <= MOST_DRAWN_MOVING) return false;
    const { x, y, ratio, angle } = this.getCamera().getState();
    return x !== this.#drawn.x || y !== this.#drawn.y || ratio !== this.#drawn.ratio || angle !== this.#drawn.angle;
  }

  /** From where a point was drawn to where the camera shows it now. The camera of a picture never turns. */
  #transform(): string {
    const drawn = this.#drawn ? { cameraState: this.#drawn } : {};
    const [before, after] = [this.framedGraphToViewport(ORIGIN, drawn), this.framedGraphToViewport(ORIGIN)];
    const scale =
      (this.framedGraphToViewport(UNIT).x - after.x) / (this.framedGraphToViewport(UNIT, drawn).x - before.x);
    return `translate(${after.x - scale * before.x}px, ${after.y - scale * before.y}px) scale(${scale})`;
  }
}

const ORIGIN = { x: 0, y: 0 };
const UNIT = { x: 1, y: 0 };
