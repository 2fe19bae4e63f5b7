/** Of a 16 by 16 picture. */
const PATHS: Readonly<Record<string, string>> = {
  Resource: 'M4.6 12.5a3 3 0 0 1-.3-6 4 4 0 0 1 7.6-.6 3.3 3.3 0 0 1-.4 6.6z',
  Host: 'M2.5 3.5h11v4h-11zM2.5 8.5h11v4h-11zM5 5.5h.01M5 10.5h.01',
  Service: 'M8 2.5l5 2.8v5.4l-5 2.8-5-2.8V5.3zM3 5.3l5 2.8 5-2.8M8 8.1v5.4',
  Network: 'M6.5 2.5h3v3h-3zM2.5 10.5h3v3h-3zM10.5 10.5h3v3h-3zM8 5.5V8M4 10.5V8h8v2.5',
  Certificate: 'M4.5 7.5h7v6h-7zM6 7.5v-2a2 2 0 0 1 4 0v2',
  Finding: 'M8 2.5l6 10.5H2zM8 6.5v3M8 11.3h.01',
};

const SIDES: Readonly<Record<string, string>> = {
  Resource: 'cloud',
  CloudAccount: 'cloud',
  Certificate: 'cloud',
  Finding: 'cloud',
  Host: 'network',
  Service: 'network',
  Network: 'network',
  Subnet: 'network',
};

/** The sign of a type in the colour of its side. It repeats what is said beside it, so that a screen reader leaves it out. */
export const KindIcon = ({ type = '' }: { readonly type?: string }) => (
  <svg className={`kind-icon ${SIDES[type] ?? ''}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
    <path d={PATHS[type] ?? (SIDES[type] === 'network' ? PATHS.Network : PATHS.Resource)} />
  </svg>
);
