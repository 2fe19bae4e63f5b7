/** An operator's word about one pair. Hosts and resources are named by row id or, for resources, by AWS id or ARN. */
export interface ManualPair {
  readonly host: string;
  readonly resource: string;
}

/** What people may tune; every field has a default in {@link DEFAULT_CORRELATION_CONFIG}. */
export interface CorrelationConfig {
  readonly links: readonly ManualPair[];
  readonly denials: readonly ManualPair[];
  /** Tag of a resource whose value is the id of its host. */
  readonly hostIdTag: string;
  /** Tag of a resource whose value is the id of a host that it is not. */
  readonly notHostIdTag: string;
  /** In front of an AWS id that a host's tag names. */
  readonly awsTagPrefix: string;
  /** In front of the row id of a resource that a host's tag names. */
  readonly rowTagPrefix: string;
  /** In front of any of these: it is not that one. */
  readonly denialPrefix: string;
  /** Tags of resources that operators keep the machine's address in. */
  readonly addressTags: readonly string[];
  /** Which VPCs a network sees, by network id. Networks without an entry learn theirs from anchors. */
  readonly vpcsOfNetwork: Readonly<Record<string, readonly string[]>>;
  /** Names that identify nothing, beside the built-in ones. */
  readonly genericNames: readonly string[];
}

export const DEFAULT_CORRELATION_CONFIG: CorrelationConfig = Object.freeze({
  links: [],
  denials: [],
  hostIdTag: 'scanopy:host-id',
  notHostIdTag: 'scanopy:not-host-id',
  awsTagPrefix: 'aws:',
  rowTagPrefix: 'scanorbit:',
  denialPrefix: 'not:',
  addressTags: ['private-ip'],
  vpcsOfNetwork: {},
  genericNames: [],
});
