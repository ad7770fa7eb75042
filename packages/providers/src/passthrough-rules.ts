import { parseUsd, PASSTHROUGH_METHODS, type PassthroughRule } from '@onerouter/core';
import type { PassthroughConfig } from './config.ts';

/**
 * What a provider's configuration lets through, with prices as amounts of money.
 *
 * @throws {TypeError} naming the field, on an unknown method, or on a price that is missing, negative or no decimal: an
 *   unknown price is refused, never read as nothing
 */
export function passthroughRules(
  provider: string,
  config: readonly PassthroughConfig[] = [],
): readonly PassthroughRule[] {
  return config.map(({ method, path, priceUsd }, index) => {
    const where = `providers.${provider}.passthrough.${index}`;
    if (!PASSTHROUGH_METHODS.includes(method)) {
      throw new TypeError(
        `${where}.method must be one of ${PASSTHROUGH_METHODS.join(', ')}, not ${JSON.stringify(method)}.`,
      );
    }
    return { method, path, price: readPrice(`${where}.priceUsd`, priceUsd) };
  });
}

function readPrice(where: string, priceUsd: string): bigint {
  const wrong = `${where} must be a decimal text in USD such as "0.01", not ${JSON.stringify(priceUsd)}.`;
  if (typeof priceUsd !== 'string') throw new TypeError(wrong);
  let price: bigint;
  try {
    price = parseUsd(priceUsd);
  } catch (cause) {
    throw new TypeError(wrong, { cause });
  }
  if (price < 0n) throw new TypeError(wrong);
  return price;
}
