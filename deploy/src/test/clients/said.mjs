// What every script here says of itself: a line for each call that went as it should; the first that did not ends it.
import assert from 'node:assert/strict';

export const address = new URL(process.env.DOLIM_URL);
export const key = process.env.DOLIM_KEY;
export const secret = process.env.DOLIM_SECRET;

export async function tried(name, call) {
  try {
    const answer = await call();
    console.log(`ok ${name}`);
    return answer;
  } catch (failed) {
    console.log(`FAILED ${name}: ${failed?.stack ?? failed}`);
    process.exit(1);
  }
}

export async function refused(name, kind, call) {
  await tried(name, async () => {
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof kind, `${error}`);
      return true;
    });
  });
}

export function options(markets, base) {
  const all = Object.values(markets).filter((market) => market.option && market.base === base);
  assert.ok(all.length > 0, `no option of ${base}`);
  return all;
}

// the strike nearest to the index of an expiry that does not end while the test runs
export function atTheMoney(markets, base, index) {
  const later = options(markets, base).filter((market) => market.expiry > Date.now() + 5 * 86_400_000);
  return later.reduce((best, one) => (Math.abs(one.strike - index) < Math.abs(best.strike - index) ? one : best));
}
