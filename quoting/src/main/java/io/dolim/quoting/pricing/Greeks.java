package io.dolim.quoting.pricing;

/**
 * Price of one option and its derivatives, all discounted, per unit of underlying.
 *
 * @param price settlement currency
 * @param delta d price / d forward; settlement currency per unit of forward, discount included
 * @param gamma d delta / d forward
 * @param vega d price / d volatility, per 1.00 of annual volatility (not per point)
 * @param theta change of price per year of time passing at the rate -ln(discount)/years: the decay of a day is theta/365
 * @param rho d price / d rate with the forward held, per 1.00: -years x price
 * @param vanna d delta / d volatility, per 1.00
 * @param volga d vega / d volatility, per 1.00
 */
public record Greeks(
        double price,
        double delta,
        double gamma,
        double vega,
        double theta,
        double rho,
        double vanna,
        double volga) {}
