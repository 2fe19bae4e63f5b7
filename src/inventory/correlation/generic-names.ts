const GENERIC = new Set([
  'localhost',
  'localhost.localdomain',
  'ubuntu',
  'debian',
  'centos',
  'raspberrypi',
  'host',
  'server',
  'router',
  'gateway',
  'default',
  'unknown',
  'web',
  'db',
  'test',
]);
/** The short and the full form of a container's id, which Docker sets as its host name. */
const CONTAINER_ID = /^(?:[0-9a-f]{12}|[0-9a-f]{64})$/;
const MACHINE_MADE = /^(?:\d+|\d+(?:\.\d+){3}|ip-\d+-\d+-\d+-\d+|i-[0-9a-f]{8,17}|[0-9a-f:]*:[0-9a-f:]+)$/;

/** A name that this many hosts, or this many resources, share identifies none of them. */
export const SHARED_NAME_COUNT = 3;

/** A name that says nothing about which machine it is. Expects short names as they are normalised. */
export const isGenericName = (name: string, more: ReadonlySet<string>): boolean =>
  GENERIC.has(name) || more.has(name) || CONTAINER_ID.test(name) || MACHINE_MADE.test(name);
