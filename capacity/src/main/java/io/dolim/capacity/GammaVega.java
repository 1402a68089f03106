package io.dolim.capacity;

import io.dolim.capacity.vector.InstrumentGreeks;

/**
 * What options that end together do to the pool when spot or volatility moves.
 *
 * @param gammaUsdc change of the delta's value for a 1 % move of the spot, USDC
 * @param vegaUsdc change of value for one volatility point, USDC
 */
public record GammaVega(double gammaUsdc, double vegaUsdc) {

    static final GammaVega NONE = new GammaVega(0, 0);

    GammaVega plus(InstrumentGreeks one, long lots) {
        return new GammaVega(gammaUsdc + lots * one.gammaUsdc(), vegaUsdc + lots * one.vegaUsdc());
    }
}
