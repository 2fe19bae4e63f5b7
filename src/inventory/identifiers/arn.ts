/** An Amazon Resource Name, split at its first five colons. Region and account may be empty. */
export interface Arn {
  /** The whole name, without the `:*` that some log groups end in. */
  readonly text: string;
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Everything after the fifth colon; may hold colons and slashes. */
  readonly resource: string;
}

const SHAPE = /^arn:(aws(?:-[a-z]+)*):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|aws)?:(.+)$/s;

export function parseArn(text: string): Arn | null {
  if (!text.startsWith('arn:')) return null;
  const whole = text.endsWith(':*') ? text.slice(0, -2) : text;
  const match = SHAPE.exec(whole);
  if (!match) return null;
  const [, partition = '', service = '', region = '', account = '', resource = ''] = match;
  return { text: whole, partition, service, region, account, resource };
}

export const formatArn = ({ partition, service, region, account, resource }: Omit<Arn, 'text'>): string =>
  `arn:${partition}:${service}:${region}:${account}:${resource}`;

/** What follows the resource type: `i-0…` of `instance/i-0…`, `app/front/50dc…` of a balancer, `path/name` of a role. */
export function resourceTail({ resource }: Arn): string {
  const cut = resource.search(/[:/]/);
  return cut < 0 ? resource : resource.slice(cut + 1);
}

/** The type word in front of the first `:` or `/`; empty for buckets. */
export function resourceType({ resource }: Arn): string {
  const cut = resource.search(/[:/]/);
  return cut < 0 ? '' : resource.slice(0, cut);
}

export const lastSegment = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
