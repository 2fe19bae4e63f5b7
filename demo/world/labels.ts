import type { WorldResource } from './cloud-world.ts';
import type { WorldHost } from './network-world.ts';
import type { WorldDecoy, WorldLink } from './types.ts';

/** How sure each rule is when there is no evidence against it. */
const CONFIDENCE = {
  manual: 'CERTAIN',
  'instance-id-name': 'CERTAIN',
  'nlb-dns': 'CERTAIN',
  'eip-address': 'CERTAIN',
  'rds-endpoint': 'HIGH',
  'alb-dns': 'HIGH',
  'operator-ip-tag': 'HIGH',
  'lb-target-ip-in-scope': 'HIGH',
  'certificate-name': 'MEDIUM',
  'name-tag': 'MEDIUM',
  'db-name': 'LOW',
  'lb-target-ip-unscoped': 'LOW',
} as const satisfies Record<string, WorldLink['confidence']>;

type RuleName = keyof typeof CONFIDENCE;

/** The answer sheet, written while the machines are set up; and the tags that cloud operators would have set. */
export interface Labels {
  readonly truth: WorldLink[];
  readonly decoys: WorldDecoy[];
  /** By resource id: tags to add. A `Name` also renames. */
  readonly cloudTags: Map<string, Record<string, string>>;
  link(host: WorldHost, resource: WorldResource, rule: RuleName, confidence?: WorldLink['confidence']): void;
  decoy(host: WorldHost, resource: WorldResource | null, why: string): void;
  isLabelled(resource: WorldResource): boolean;
  tagResource(resource: WorldResource, key: string, value: string): void;
}

export function createLabels(): Labels {
  const labelled = new Set<string>();
  const labels: Labels = {
    truth: [],
    decoys: [],
    cloudTags: new Map(),
    isLabelled: (resource) => labelled.has(resource.id),
    link(host, resource, rule, confidence = CONFIDENCE[rule]) {
      labelled.add(resource.id);
      labels.truth.push({ hostId: host.id, resourceId: resource.id, rule, confidence });
    },
    decoy(host, resource, why) {
      if (resource !== null) labelled.add(resource.id);
      labels.decoys.push({ hostId: host.id, resourceId: resource?.id ?? null, why });
    },
    tagResource(resource, key, value) {
      labels.cloudTags.set(resource.id, { ...labels.cloudTags.get(resource.id), [key]: value });
    },
  };
  return labels;
}
