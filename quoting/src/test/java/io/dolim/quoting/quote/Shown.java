package io.dolim.quoting.quote;

import io.dolim.quoting.instrument.OptionContract;

/** A displayed pair, USDC per coin. */
record Shown(OptionContract contract, double bidUsdc, double askUsdc) {}
