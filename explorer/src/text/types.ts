const NAMES: Readonly<Record<string, string>> = {
  CloudAccount: 'AWS account',
  CloudOrganization: 'organization',
  Vlan: 'VLAN',
};

/** e.g. `service dependency` for `ServiceDependency`. */
export const typeText = (type: string): string =>
  NAMES[type] ?? type.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
