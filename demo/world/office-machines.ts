import type { HostSpec, ServiceSpec } from './network-host.ts';

/** How a kind of machine looks on the network; the office gives it a number, a name and an address. */
export interface MachineKind {
  readonly stem: string;
  /** Machines in a hundred. */
  readonly share: number;
  readonly zone: 'servers' | 'clients' | 'things';
  readonly spec: Omit<HostSpec, 'addresses'>;
}

const ssh: ServiceSpec = { name: 'SSH', port: [22, 'Ssh'], everywhere: true };
const web: ServiceSpec = { name: 'Nginx', port: [443, 'Https'] };

export const MACHINE_KINDS: readonly MachineKind[] = [
  {
    stem: 'prn',
    share: 5,
    zone: 'things',
    spec: {
      manufacturer: 'HP',
      model: 'LaserJet M507',
      serialNumber: 'PHBQ-0042',
      services: [
        { name: 'HP Printer', port: [9100, 'JetDirect'] },
        { name: 'IPP', port: [631, 'Ipp'] },
      ],
    },
  },
  {
    stem: 'nas',
    share: 3,
    zone: 'servers',
    spec: {
      manufacturer: 'Synology',
      model: 'DS1821+',
      services: [
        { name: 'Synology DSM', port: [5000, 'Http5000'] },
        { name: 'Samba', port: [445, 'Samba'], everywhere: true },
        { name: 'NFS', port: [2049, 'Nfs'] },
      ],
    },
  },
  {
    stem: 'dns',
    share: 2,
    zone: 'servers',
    spec: { services: [ssh, { name: 'Pi-Hole', port: [53, 'DnsUdp'], protocol: 'Udp', everywhere: true }] },
  },
  {
    stem: 'pg',
    share: 4,
    zone: 'servers',
    spec: { osFamily: 'linux', services: [ssh, { name: 'PostgreSQL', port: [5432, 'PostgreSQL'] }] },
  },
  { stem: 'my', share: 3, zone: 'servers', spec: { services: [ssh, { name: 'MySQL', port: [3306, 'MySql'] }] } },
  { stem: 'site', share: 6, zone: 'servers', spec: { osFamily: 'linux', services: [ssh, web] } },
  { stem: 'app', share: 6, zone: 'servers', spec: { services: [ssh, { name: 'Tomcat', port: [8080, 'Http8080'] }] } },
  {
    stem: 'cam',
    share: 5,
    zone: 'things',
    spec: { services: [{ name: 'RTSP', definition: 'Camera', port: [554, 'Rtsp'] }] },
  },
  { stem: 'bulb', share: 4, zone: 'things', spec: { hidden: true, manufacturer: 'Signify' } },
  {
    stem: 'pc',
    share: 62,
    zone: 'clients',
    spec: { osFamily: 'windows', services: [{ name: 'Workstation', port: [3389, 'Rdp'] }] },
  },
];
