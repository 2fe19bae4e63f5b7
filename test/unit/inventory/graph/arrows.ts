import fc from 'fast-check';
import type { Confidence, DependencyKind } from '#entities/dependency/model.ts';
import type { Arrow } from '#inventory/graph/arrow.ts';
import { relationOf } from '#inventory/graph/relations.ts';

/** An arrow of a kind that explains itself. */
export const arrow = (from: string, kind: DependencyKind, to: string, confidence: Confidence = 'CERTAIN'): Arrow => ({
  from,
  to,
  kind,
  relationship: null,
  confidence,
});

/** An arrow as ScanOrbit words it; the services are the first words of the vertices: `ebs root`, `ec2 web`. */
export function reported(from: string, rawType: string, to: string): Arrow {
  const { kind, relation } = relationOf({ rawType, fromService: wordOf(from), toService: wordOf(to) });
  return { from, to, kind, relationship: rawType, confidence: 'CERTAIN', relation };
}

const wordOf = (vertex: string): string => vertex.split(' ', 1)[0] ?? '';

/** Small graphs with cycles, self-arrows and parallel arrows, over the vertices v0 … v9. */
export const graphs = (kinds: readonly DependencyKind[]): fc.Arbitrary<Arrow[]> => {
  const vertex = fc.integer({ min: 0, max: 9 }).map((n) => `v${n}`);
  const one = fc.tuple(
    vertex,
    fc.constantFrom(...kinds),
    vertex,
    fc.constantFrom<Confidence>('CERTAIN', 'HIGH', 'MEDIUM', 'LOW'),
  );
  return fc.array(
    one.map(([from, kind, to, confidence]) => arrow(from, kind, to, confidence)),
    { maxLength: 25 },
  );
};
