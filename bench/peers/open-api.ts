/** OpenAPI documents of the routes that the workloads need, for peers that are configured by one. */
const text = { type: 'string', nullable: true };
const whole = { type: 'integer', format: 'int32' };
const texts = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, text]));
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const list = (name: string) => ({ type: 'array', items: ref(name) });
const object = (properties: object) => ({ type: 'object', properties });

const operation = (operationId: string, schema: string, parameters: readonly object[]) => ({
  get: {
    operationId,
    parameters,
    responses: { 200: { description: 'OK', content: { 'application/json': { schema: ref(schema) } } } },
  },
});
const query = (name: string) => ({ name, in: 'query', schema: whole });
const byId = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];

const document = (title: string, paths: object, schemas: object) => ({
  openapi: '3.0.3',
  info: { title, version: '1' },
  paths,
  components: { schemas },
});

export const OPEN_API = {
  scanorbit: document(
    'ScanOrbit',
    {
      '/resources': operation('resources', 'ResourcePage', [query('limit'), query('page')]),
      '/resources/{id}': operation('resource', 'ResourceAnswer', byId),
      '/findings': operation('findings', 'FindingPage', [query('limit'), query('page')]),
    },
    {
      Resource: object(texts(['id', 'name', 'region', 'service', 'state'])),
      ResourcePage: object({ data: list('Resource') }),
      ResourceAnswer: object({ data: ref('Resource') }),
      Finding: object(texts(['id', 'summary', 'severity', 'status', 'resourceId'])),
      FindingPage: object({ data: list('Finding') }),
    },
  ),
  scanopy: document(
    'Scanopy',
    {
      '/api/v1/hosts': operation('hosts', 'HostPage', [query('limit'), query('offset')]),
      '/api/v1/networks/{id}': operation('network', 'NetworkAnswer', byId),
    },
    {
      Service: object(texts(['id', 'name'])),
      Network: object(texts(['id', 'name'])),
      Host: object({ ...texts(['id', 'name', 'network_id']), services: list('Service') }),
      HostPage: object({ data: list('Host') }),
      NetworkAnswer: object({ data: ref('Network') }),
    },
  ),
};
