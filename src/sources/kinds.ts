import { type ConfigInput, type GatewayConfig, configSchema as schemaFor } from '#config/config.ts';
import type { Environment, FileNotes } from '#config/environment.ts';
import { loadConfig as load, configWithSources as withSources } from '#config/load-config.ts';
import { validateConfig } from '#config/validate-config.ts';
import { scanopy } from './scanopy/index.ts';
import { scanorbit } from './scanorbit/index.ts';
import type { AnySourceKind } from './source-kind.ts';

/** Every kind of source this gateway can read. A new one is a folder beside theirs and a line here. */
export const sourceKinds: readonly AnySourceKind[] = [scanorbit, scanopy];

/** The configuration file of a gateway that can read {@link sourceKinds}. */
export const configSchema = schemaFor(sourceKinds);

/** A configuration made in code, e.g. by the demo; what is left out has its default. @throws ConfigError */
export const defineConfig = (input: ConfigInput): GatewayConfig => validateConfig(sourceKinds, input);

/**
 * @param files gets the path of every file and folder that the configuration is made of
 * @throws ConfigError with all problems; NotConfiguredError when there is no source at all.
 */
export const loadConfig = (environment: Environment, files?: FileNotes): GatewayConfig =>
  load(sourceKinds, environment, files);

/** A configuration whose sources are given, with everything else from the environment. @throws ConfigError */
export const configWithSources = (given: ConfigInput, environment: Environment): GatewayConfig =>
  withSources(sourceKinds, given, environment);
