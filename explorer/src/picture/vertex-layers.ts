import { type FragmentLayer, layerFill } from 'sigma/rendering';

/** A smaller copy of the vertex's own shape, in the colour that the variable of the same name holds. */
const inset = (name: string, share: string): FragmentLayer => ({
  name,
  uniforms: [],
  attributes: [
    { name: `${name}Color`, size: 4, type: WebGL2RenderingContext.UNSIGNED_BYTE, normalized: true, source: name },
  ],
  glsl: `
vec4 layer_${name}(vec4 v_${name}Color) {
  float border = -context.sdf - ${share} * context.shapeSize;
  return vec4(v_${name}Color.rgb, v_${name}Color.a * smoothstep(-context.aaWidth, context.aaWidth, border));
}`,
});

/** From the outside: the ring of a tone, the vertex, and a hole in what has more relations than are shown. */
export const vertexLayers = (): FragmentLayer[] => [layerFill(), inset('core', '0.26'), inset('hole', '0.42')];
