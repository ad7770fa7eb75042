export { MAX_JSON_BODY_BYTES as MAX_BODY_BYTES, readJsonBody } from '@onerouter/core';
