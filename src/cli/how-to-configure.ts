export const HOW_TO_CONFIGURE = `One server of each kind is set by environment variables:

  SCANORBIT_URL       the whole base URL, such as https://scanorbit.example.com/api/v1
  SCANORBIT_API_KEY   a key of the organization
  SCANOPY_URL         the origin, such as https://scanopy.example.com
  SCANOPY_API_KEY     a user API key

Several servers, tenants and limits are set in a YAML file, named by INVENTORY_CONFIG:

  sources:
    - name: emea
      kind: scanorbit
      url: https://scanorbit.example.com/api/v1
      apiKey: \${EMEA_KEY}        # taken from the environment
    - name: office
      kind: scanopy
      url: https://scanopy.example.com
      apiKey: \${OFFICE_KEY}

"inventory-gateway check" then tries each of them. Nothing at hand? "npm run demo" brings its own.`;
