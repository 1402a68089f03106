package io.dolim.capacity.vector;

import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.market.SmileDelta;
import io.dolim.quoting.math.Elementary;
import io.dolim.quoting.pricing.Black76;
import io.dolim.quoting.pricing.Greeks;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Prices every instrument anew in every scenario, on vector lanes: no expansion in greeks.
 *
 * <pre>
 *   F_s = F e^m_s, S_s = S e^m_s            m_s times sqrt(T/h) for a horizon family when T &lt; h
 *   k_s = ln(K/F_s)                                                            floating strike
 *   sigma_s = sigma(k_s) (1 + shock_s power(T) + tilt_s d), floored and capped
 *   d = x / sqrt(1 + (x / reach)^2),  x = k_s / (sigma(0) sqrt(T))             deviations
 *   T_s = T on the grid, max(T - h, 0) otherwise; the discount stays
 *   v[s]  = DF (Black(F_s, K, sigma_s^2 T_s) - Black(F, K, sigma^2 T))
 *   H[s]  = damp_s (v[s] - delta (S_s - S)),  w^k[s] = a_k (H[s] - E_p[H])
 * </pre>
 *
 * <p>The hedger's delta is {@link SmileDelta}'s. An expired option is worth its intrinsic value at the spot and moves with nothing.
 */
public final class FullRepricing implements VectorPricer {

    private static final double[] LAYER_ENDS_DAYS = {0, 1, 3, 10};
    private static final double DAYS_PER_YEAR = 365;

    private final ScenarioSet scenarios;
    private final VectorParameters parameters;
    private final SortedMap<Underlying, UnderlyingMoves> moves = new TreeMap<>();
    private final ThreadLocal<Workspace> workspaces;

    /** A pricer over a scenario set. */
    public FullRepricing(ScenarioSet scenarios, VectorParameters parameters) {
        this.scenarios = scenarios;
        this.parameters = parameters;
        this.workspaces = ThreadLocal.withInitial(() -> new Workspace(scenarios.size()));
        for (Underlying underlying : scenarios.underlyings()) {
            moves.put(underlying, UnderlyingMoves.of(scenarios, underlying));
        }
    }

    @Override
    public ScenarioSet scenarios() {
        return scenarios;
    }

    @Override
    public InstrumentVectors of(PricingMarket market, ContractSpec spec, OptionContract contract) {
        Now now = Now.of(market, spec, contract);
        if (now.years() <= 0) {
            return expired(contract, now);
        }
        UnderlyingMoves own = movesOf(contract.underlying());
        Workspace.Option option = option(now, own);
        Workspace workspace = workspaces.get();
        double[] value = new double[scenarios.size()];
        double[] damped = new double[scenarios.size()];
        double horizonYears = scenarios.horizonDays() / DAYS_PER_YEAR;
        workspace.priceHorizon(
                option,
                own.horizon(),
                horizonShare(now.days()),
                Math.max(now.years() - horizonYears, 0));
        now.into(workspace, own.horizon(), value, damped);
        workspace.priceGrid(option, own.grid(), now.years());
        now.into(workspace, own.grid(), value, damped);
        return new InstrumentVectors(
                scenarios,
                contract,
                value,
                hedgedLayers(damped, now.days()),
                gridLayers(damped, now.days()),
                rehedge(now, own.grid(), workspace),
                now.amounts(),
                now.timeValueUsdc());
    }

    private Workspace.Option option(Now now, UnderlyingMoves own) {
        return new Workspace.Option(
                now.market(),
                now.contract(),
                now.forward(),
                now.strike(),
                now.discount(),
                now.logMoneyness(),
                power(now.days()),
                own.tilts() ? 1 / now.deviation() : 0,
                parameters);
    }

    /** Factor on the log moves over the horizon: 1, or sqrt(T/h) for a life shorter than the horizon. */
    private double horizonShare(double days) {
        return days >= scenarios.horizonDays() ? 1 : Math.sqrt(days / scenarios.horizonDays());
    }

    /** What a hedger trades after each move of the grid, USDC; the workspace has just priced it. */
    private double[] rehedge(Now now, UnderlyingMoves.Run grid, Workspace workspace) {
        double[] rehedge = new double[scenarios.gridSize()];
        for (int i = 0; i < grid.count; i++) {
            rehedge[grid.scenario[i] - scenarios.gridStart()] =
                    now.coins()
                            * (workspace.deltas[i] - now.greeks().delta())
                            * (now.forward() / now.spot())
                            * (now.spot() * workspace.factor(i));
        }
        return rehedge;
    }

    private double[][] hedgedLayers(double[] damped, double days) {
        double mean = scenarios.mean(damped);
        double[][] layers = new double[InstrumentVectors.LAYERS][];
        for (int k = 0; k < layers.length; k++) {
            double share = layerShare(k, days);
            if (k > 0 && share == layerShare(k - 1, days)) {
                layers[k] = layers[k - 1];
                continue;
            }
            double a = Math.sqrt(share);
            double[] layer = new double[damped.length];
            for (int s = 0; s < layer.length; s++) {
                layer[s] = a * (damped[s] - mean);
            }
            layers[k] = layer;
        }
        return layers;
    }

    private double[][] gridLayers(double[] damped, double days) {
        double[][] layers = new double[InstrumentVectors.LAYERS][scenarios.gridSize()];
        for (int k = 0; k < layers.length; k++) {
            double share = layerShare(k, days);
            for (int g = 0; g < layers[k].length; g++) {
                layers[k][g] = share * damped[scenarios.gridStart() + g];
            }
        }
        return layers;
    }

    /** a_k^2: the share of layer k in which an option of this life lives. */
    static double layerShare(int layer, double days) {
        double from = LAYER_ENDS_DAYS[layer];
        double to = LAYER_ENDS_DAYS[layer + 1];
        return Math.min(Math.max((days - from) / (to - from), 0), 1);
    }

    private double power(double days) {
        double base = 30 / Math.max(days, parameters.leastShockDays());
        double exponent = base >= 1 ? parameters.shortPower() : parameters.longPower();
        return Elementary.exp(exponent * Elementary.log(base));
    }

    private UnderlyingMoves movesOf(Underlying underlying) {
        UnderlyingMoves own = moves.get(underlying);
        if (own == null) {
            throw new IllegalArgumentException(
                    "underlying=" + underlying + " is not moved by " + scenarios.version());
        }
        return own;
    }

    private InstrumentVectors expired(OptionContract contract, Now now) {
        int size = scenarios.size();
        return new InstrumentVectors(
                scenarios,
                contract,
                new double[size],
                new double[InstrumentVectors.LAYERS][size],
                new double[InstrumentVectors.LAYERS][scenarios.gridSize()],
                new double[scenarios.gridSize()],
                now.amounts(),
                0);
    }

    /** An instrument at the frozen market, one lot of {@code coins}. */
    private record Now(
            PricingMarket market,
            OptionContract contract,
            double coins,
            double years,
            double spot,
            double forward,
            double discount,
            double strike,
            double logMoneyness,
            double volAnnual,
            Greeks greeks) {

        static Now of(PricingMarket market, ContractSpec spec, OptionContract contract) {
            double years = contract.expiry().yearsFrom(market.timeMs());
            double spot = positive("spotUsdc", market.spotUsdc());
            if (years <= 0) {
                return at(market, spec, contract, 0, spot, 1, 0);
            }
            double forward = positive("forwardUsdc", market.forwardUsdc(contract.expiry()));
            double discount = positive("discount", market.discount(contract.expiry()));
            double k = Elementary.logRatio(contract.strike().doubleValue(), forward);
            double vol = positive("volAnnual", market.volAnnual(contract.expiry(), k));
            return at(market, spec, contract, years, forward, discount, vol);
        }

        private static Now at(
                PricingMarket market,
                ContractSpec spec,
                OptionContract contract,
                double years,
                double forward,
                double discount,
                double vol) {
            double strike = contract.strike().doubleValue();
            return new Now(
                    market,
                    contract,
                    spec.coinsPerLot().doubleValue(),
                    years,
                    market.spotUsdc(),
                    forward,
                    discount,
                    strike,
                    Elementary.logRatio(strike, forward),
                    vol,
                    Black76.greeks(contract.type(), forward, strike, years, vol, discount));
        }

        OptionType type() {
            return contract.type();
        }

        double days() {
            return years * DAYS_PER_YEAR;
        }

        double vol(double k) {
            return market.volAnnual(contract.expiry(), k);
        }

        /** One standard deviation of log-moneyness: sigma(0) sqrt(T). */
        double deviation() {
            return positive("volAnnual", vol(0)) * Math.sqrt(years);
        }

        /** What a lot gains at the places of a run that was just priced, and the same hedged and damped. */
        void into(Workspace workspace, UnderlyingMoves.Run run, double[] value, double[] damped) {
            workspace.into(run, coins, greeks.price(), spot, deltaCoins(), value, damped);
        }

        /** What a hedger holds against one lot, coins; zero once expired. */
        double deltaCoins() {
            if (years <= 0) {
                return 0;
            }
            return coins
                    * (forward / spot)
                    * SmileDelta.perForward(market, contract, forward, logMoneyness, greeks);
        }

        double timeValueUsdc() {
            double intrinsic = Math.max(type().sign() * (forward - strike), 0);
            return coins * (greeks.price() - discount * intrinsic);
        }

        /** Amounts to be added over a book; once expired only the mark and the notional. */
        InstrumentGreeks amounts() {
            double mark = coins * greeks.price();
            if (years <= 0) {
                return new InstrumentGreeks(mark, 0, 0, 0, 0, coins * spot);
            }
            double gammaS2 = coins * greeks.gamma() * forward * forward;
            return new InstrumentGreeks(
                    mark,
                    deltaCoins(),
                    gammaS2 * 0.01,
                    coins * greeks.vega() * 0.01,
                    -0.5 * gammaS2 * volAnnual * volAnnual / DAYS_PER_YEAR,
                    coins * spot);
        }

        private static double positive(String name, double value) {
            if (!(value > 0 && value < 1e12)) {
                throw new IllegalArgumentException(name + "=" + value + " must be positive");
            }
            return value;
        }
    }
}
