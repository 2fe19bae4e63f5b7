/** What an operator says about one pair. Hosts and resources are named by row id or, for resources, by AWS id or ARN. */
interface ManualPair {
  readonly host: string;
  readonly resource: string;
}

/** The settings of the correlation; every field has a default in {@link DEFAULT_CORRELATION_CONFIG}. */
export interface CorrelationConfig {
  readonly links: readonly ManualPair[];
  readonly denials: readonly ManualPair[];
  /** Tag of a resource whose value is the id of its host. */
  readonly hostIdTag: string;
  /** Tag of a resource whose value is the id of a host that it is not. */
  readonly notHostIdTag: string;
  /** Prefix of a host's tag that is followed by the AWS id of the host's resource. */
  readonly awsTagPrefix: string;
  /** Prefix of a host's tag that is followed by ScanOrbit's id of the host's resource. */
  readonly rowTagPrefix: string;
  /** Prefix of a host's tag that negates the rest of it: the host is not that resource. */
  readonly denialPrefix: string;
  /** Tags of resources that operators keep the machine's address in. */
  readonly addressTags: readonly string[];
  /** Which VPCs a network belongs to, by network id. For networks without an entry this is learned from sure links. */
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
