package io.dolim.quoting.quote;

import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.market.QuotableMarket;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The pool's two-way prices of all listed contracts of an underlying, made in one piece on one basis:
 * asks as computed, bids lowered to the {@link StaticBounds} under all asks. Immutable to its readers;
 * deeper levels are computed when first asked for, on the asker's thread.
 */
public final class DisplayedQuotes {

    /** Most contracts of a batch. */
    public static final int MAX_CONTRACTS = 10_000;

    /**
     * One contract as displayed.
     *
     * @param markUsdc Black-76 value, USDC per coin
     * @param markVol annual, decimal
     * @param forwardUsdc forward to its expiry, USDC per coin
     * @param perCoin greeks of one coin
     * @param bid what the pool pays for the smallest quantity; empty when nothing above zero
     * @param ask what it takes
     * @param refused why there is no ask, or no bid though it is worth something
     * @param noBid why nothing is bid though the bid is not refused
     */
    public record Row(
            OptionContract contract,
            double markUsdc,
            double markVol,
            double forwardUsdc,
            PackageGreeks perCoin,
            Optional<Price> bid,
            Optional<Price> ask,
            Optional<Quote.Refused> refused,
            Optional<NoBid> noBid) {}

    /** Why a quoted contract has no bid. */
    public enum NoBid {
        /** After spread, hedge, charge and fee less than a tick is left of what it is worth. */
        UNDER_ONE_TICK,
        /** A bid of a tick would lie above the price system under the displayed asks. */
        HELD_UNDER_ASKS;

        /** Its published name, as in {@code under_one_tick}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A displayed price.
     *
     * @param usdc per coin, a whole number of ticks
     * @param vol Black volatility at that price, annual, decimal; empty when the price has none
     */
    public record Price(BigDecimal usdc, Optional<Double> vol) {}

    /**
     * A step of the book.
     *
     * @param usdc per coin, a whole number of ticks
     * @param lots quantity at this price, beyond the better levels
     */
    public record Level(BigDecimal usdc, long lots) {}

    /** Both sides of the book, best first. */
    public record Levels(List<Level> bids, List<Level> asks) {
        /** Copies the lists. */
        public Levels {
            bids = List.copyOf(bids);
            asks = List.copyOf(asks);
        }
    }

    private final Quoter quoter;
    private final QuoteBasis basis;
    private final SortedMap<OptionContract, Row> rows;
    private final List<Long> sizes;
    private final ConcurrentMap<OptionContract, Levels> levels = new ConcurrentHashMap<>();

    private DisplayedQuotes(
            Quoter quoter,
            QuoteBasis basis,
            SortedMap<OptionContract, Row> rows,
            List<Long> sizes) {
        this.quoter = quoter;
        this.basis = basis;
        this.rows = Collections.unmodifiableSortedMap(rows);
        this.sizes = sizes;
    }

    /**
     * Prices all contracts that are still quoted.
     *
     * @param sizes cumulative quantities of the book's levels behind the smallest one, lots, rising
     * @throws IllegalArgumentException when there are more than {@link #MAX_CONTRACTS}
     */
    public static DisplayedQuotes of(
            Quoter quoter,
            QuotableMarket market,
            CapitalCharge charge,
            SortedSet<OptionContract> listed,
            List<Long> sizes) {
        if (listed.size() > MAX_CONTRACTS) {
            throw new IllegalArgumentException(
                    "contracts=" + listed.size() + " must be at most " + MAX_CONTRACTS);
        }
        QuoteBasis unbounded = new QuoteBasis(market, charge, StaticBounds.none());
        List<OneLot> raw = new ArrayList<>();
        List<StaticBounds.Ask> asks = new ArrayList<>();
        for (OptionContract contract : listed) {
            if (contract.expiry().epochMs() > market.timeMs()) {
                OneLot lot = OneLot.of(quoter, unbounded, contract);
                raw.add(lot);
                lot.askBeforeTickUsdc(quoter.spec())
                        .ifPresent(ask -> asks.add(new StaticBounds.Ask(contract, ask)));
            }
        }
        StaticBounds bounds = StaticBounds.under(market, asks);
        SortedMap<OptionContract, Row> rows = new TreeMap<>();
        for (OneLot lot : raw) {
            rows.put(lot.coin().contract(), lot.row(market, quoter.spec(), bounds));
        }
        return new DisplayedQuotes(
                quoter, new QuoteBasis(market, charge, bounds), rows, List.copyOf(sizes));
    }

    /** No contract is displayed. */
    public static DisplayedQuotes none(Quoter quoter, QuotableMarket market, CapitalCharge charge) {
        return new DisplayedQuotes(
                quoter,
                new QuoteBasis(market, charge, StaticBounds.none()),
                new TreeMap<>(),
                List.of());
    }

    /** What they were computed on, with the bounds that came of it. */
    public QuoteBasis basis() {
        return basis;
    }

    /** All displayed contracts, in their order. */
    public SortedMap<OptionContract, Row> rows() {
        return rows;
    }

    /** One displayed contract; empty when it is not displayed. */
    public Optional<Row> row(OptionContract contract) {
        return Optional.ofNullable(rows.get(contract));
    }

    /** The book of a contract: marginal prices of its sizes, computed once. */
    public Levels levels(OptionContract contract) {
        return rows.containsKey(contract)
                ? levels.computeIfAbsent(contract, this::computed)
                : new Levels(List.of(), List.of());
    }

    private Levels computed(OptionContract contract) {
        return new Levels(side(contract, -1), side(contract, 1));
    }

    /** Marginal prices, each rounded against the taker and never better than the one before. */
    private List<Level> side(OptionContract contract, int sign) {
        ContractSpec spec = quoter.spec();
        List<Level> side = new ArrayList<>();
        long reached = 0;
        BigDecimal total = BigDecimal.ZERO;
        for (long lots : ladder()) {
            Quote quote = quoter.quote(basis, OptionPackage.of(new Leg(contract, sign * lots)));
            if (!(quote instanceof Quote.Quoted quoted)) {
                break;
            }
            BigDecimal now = quoted.price().toDecimal();
            BigDecimal ticks =
                    now.subtract(total)
                            .divide(
                                    spec.tickOf(lots - reached).toDecimal(),
                                    0,
                                    RoundingMode.CEILING);
            BigDecimal unit = ticks.multiply(spec.tickUsdc()).multiply(BigDecimal.valueOf(sign));
            if (!side.isEmpty()) {
                BigDecimal best = side.getLast().usdc();
                unit = sign > 0 ? unit.max(best) : unit.min(best);
            }
            if (unit.signum() <= 0) {
                break;
            }
            side.add(new Level(unit, lots - reached));
            total = now;
            reached = lots;
        }
        return side;
    }

    private List<Long> ladder() {
        List<Long> ladder = new ArrayList<>(List.of(quoter.spec().minLots()));
        for (long size : sizes) {
            if (size > ladder.getLast() && size <= quoter.spec().maxLots()) {
                ladder.add(size);
            }
        }
        return ladder;
    }
}
