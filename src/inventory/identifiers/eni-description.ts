/** What a network interface belongs to, by its description. AWS documents only the form for BALANCER; the other forms were observed. */
export type EniOwner =
  | { readonly owner: 'BALANCER'; readonly suffix: string }
  | { readonly owner: 'ENDPOINT'; readonly id: string }
  | { readonly owner: 'NAT_GATEWAY'; readonly id: string }
  | { readonly owner: 'FUNCTION'; readonly name: string }
  | { readonly owner: 'DATABASE' };

const UUID_TAIL = /-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `suffix` is the end of the balancer's ARN: `app/front/50dc6c495c0c9188`. */
export function parseEniDescription(text: string): EniOwner | null {
  const balancer = /^ELB ((?:app|net|gwy)\/[^/\s]+\/[0-9a-f]{16})$/.exec(text)?.[1];
  if (balancer) return { owner: 'BALANCER', suffix: balancer };
  const endpoint = /^VPC Endpoint Interface (vpce-[0-9a-f]{8,17})$/.exec(text)?.[1];
  if (endpoint) return { owner: 'ENDPOINT', id: endpoint };
  const nat = /^Interface for NAT Gateway (nat-[0-9a-f]{8,17})$/.exec(text)?.[1];
  if (nat) return { owner: 'NAT_GATEWAY', id: nat };
  const lambda = /^AWS Lambda VPC ENI-(.+)$/.exec(text)?.[1];
  if (lambda) return { owner: 'FUNCTION', name: lambda.replace(UUID_TAIL, '') };
  return text === 'RDSNetworkInterface' ? { owner: 'DATABASE' } : null;
}
