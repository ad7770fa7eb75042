export { readQuery } from '@onerouter/core';
