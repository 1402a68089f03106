package io.dolim.capacity.scenario;

/**
 * What one recorded day did, sample mean included.
 *
 * @param from its date, as {@code 2021-05-19}
 * @param logBtc log return of Bitcoin
 * @param logEth log return of Ether
 * @param volShock relative move of Bitcoin's 30-day implied volatility index; stands for the other
 *     underlyings' too
 */
record DailyMove(String from, double logBtc, double logEth, double volShock) {}
