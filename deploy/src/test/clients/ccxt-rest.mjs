// ccxt over REST, as it comes from its registry: only the address is another.
import assert from 'node:assert/strict';
import ccxt from 'ccxt';
import { address, atTheMoney, key, options, refused, secret, tried } from './said.mjs';

const exchange = new ccxt.deribit({
  urls: { api: { rest: address.origin } },
  apiKey: key,
  secret,
  enableRateLimit: false,
});

const markets = await tried('loadMarkets', async () => {
  const loaded = await exchange.loadMarkets();
  for (const base of ['BTC', 'ETH', 'SOL']) {
    for (const market of options(loaded, base)) {
      assert.equal(market.linear, true, market.id);
      assert.equal(market.settle, 'USDC', market.id);
      assert.ok(market.strike > 0 && market.expiry > 0 && market.active, market.id);
      assert.ok(market.precision.price > 0 && market.limits.amount.min > 0, market.id);
    }
  }
  return loaded;
});
const btc = options(markets, 'BTC')[0].symbol;
const index = await tried('fetchTicker', async () => {
  const ticker = await exchange.fetchTicker(btc);
  assert.equal(ticker.symbol, btc);
  assert.ok(ticker.timestamp > 0);
  return ticker.indexPrice;
});
const chosen = atTheMoney(markets, 'BTC', index);
const symbol = chosen.symbol;

await tried('fetchTime', async () => assert.ok((await exchange.fetchTime()) > 1.7e12));
await tried('fetchStatus', async () => assert.equal((await exchange.fetchStatus()).status, 'ok'));
await tried('fetchCurrencies', async () => assert.ok((await exchange.fetchCurrencies()).USDC));
await tried('fetchOrderBook', async () => {
  const book = await exchange.fetchOrderBook(symbol);
  assert.ok(book.bids.length > 0 && book.asks.length > 0);
  assert.ok(book.bids[0][0] < book.asks[0][0], 'not crossed');
  assert.ok(book.nonce > 0);
});
await tried('fetchGreeks', async () => {
  const greeks = await exchange.fetchGreeks(symbol);
  for (const each of ['delta', 'gamma', 'vega', 'theta', 'rho', 'markPrice', 'markImpliedVolatility', 'underlyingPrice']) {
    assert.equal(typeof greeks[each], 'number', each);
  }
  assert.ok(greeks.gamma > 0 && greeks.vega > 0);
});
await tried('fetchTickers', async () => {
  const tickers = await exchange.fetchTickers(undefined, { code: 'USDC' });
  assert.ok(tickers[symbol].bid < tickers[symbol].ask, JSON.stringify(tickers[symbol]));
});
await tried('fetchOption', async () => {
  const option = await exchange.fetchOption(symbol);
  assert.ok(option.markPrice > 0 && option.underlyingPrice > 0);
});
await tried('fetchOptionChain', async () => {
  const chain = await exchange.fetchOptionChain('USDC');
  assert.ok(chain[symbol].markPrice > 0);
  assert.ok(Object.keys(chain).length > 100);
});

await tried('fetchBalance', async () => {
  const balance = await exchange.fetchBalance({ code: 'USDC' });
  assert.ok(balance.USDC.free > 0 && balance.USDC.total >= balance.USDC.free);
});
assert.deepEqual(await tried('fetchPositions, none', () => exchange.fetchPositions()), []);

await tried('createOrder market', async () => {
  const order = await exchange.createOrder(symbol, 'market', 'buy', 0.1);
  assert.equal(order.status, 'closed');
  assert.equal(order.filled, 0.1);
  assert.ok(order.average > 0 && order.trades.length === 1);
});
const ask = async () => (await exchange.fetchOrderBook(symbol)).asks.at(-1)[0];
await tried('createOrder IOC', async () => {
  const order = await exchange.createOrder(symbol, 'limit', 'buy', 0.1, 2 * (await ask()), { timeInForce: 'IOC' });
  assert.equal(order.status, 'closed');
});
await tried('createOrder IOC, too low', async () => {
  const order = await exchange.createOrder(symbol, 'limit', 'buy', 0.1, chosen.precision.price, { timeInForce: 'IOC' });
  assert.equal(order.status, 'canceled');
  assert.equal(order.filled, 0);
});
await tried('createOrder FOK', async () => {
  const order = await exchange.createOrder(symbol, 'limit', 'buy', 0.1, 2 * (await ask()), { timeInForce: 'FOK' });
  assert.equal(order.filled, 0.1);
});
const resting = await tried('createOrder limit, resting', async () => {
  const order = await exchange.createOrder(symbol, 'limit', 'buy', 0.1, chosen.precision.price, { label: 'maker' });
  assert.equal(order.status, 'open');
  assert.equal(order.remaining, 0.1);
  return order;
});
await tried('fetchOrder', async () => {
  const order = await exchange.fetchOrder(resting.id);
  assert.equal(order.status, 'open');
  assert.equal(order.price, chosen.precision.price);
});
await tried('editOrder', async () => {
  const order = await exchange.editOrder(resting.id, symbol, 'limit', 'buy', 0.2, 2 * chosen.precision.price);
  assert.equal(order.amount, 0.2);
  assert.equal(order.price, 2 * chosen.precision.price);
});
await tried('fetchOpenOrders', async () => {
  const orders = await exchange.fetchOpenOrders(symbol);
  assert.deepEqual(orders.map((one) => one.id), [resting.id]);
});
await tried('cancelOrder', async () => {
  assert.equal((await exchange.cancelOrder(resting.id, symbol)).status, 'canceled');
});
await refused('cancelOrder again', ccxt.BaseError, () => exchange.cancelOrder(resting.id, symbol));
await tried('orders of one label, none is lost', async () => {
  const made = [];
  for (let i = 1; i <= 20; i++) {
    made.push(await exchange.createOrder(symbol, 'limit', 'buy', 0.1, i * chosen.precision.price, { label: 'maker' }));
  }
  const open = await exchange.fetchOpenOrders(symbol);
  assert.deepEqual(open.map((one) => one.id).sort(), made.map((one) => one.id).sort());
});
await tried('cancelAllOrders', async () => {
  await exchange.cancelAllOrders(symbol);
  assert.deepEqual(await exchange.fetchOpenOrders(symbol), []);
});
exchange.apiKey = 'nobody';
await refused('a wrong key', ccxt.AuthenticationError, () => exchange.fetchPositions());
process.exit(0);
