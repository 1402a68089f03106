package io.dolim.book;

import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.Content;
import io.dolim.book.trade.FirmQuote;
import io.dolim.capacity.CapacityView;
import io.dolim.capacity.Moment;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.quote.DisplayedQuotes;
import io.dolim.quoting.quote.OptionPackage;
import io.dolim.quoting.quote.Quote;
import io.dolim.quoting.quote.QuoteBasis;
import io.dolim.quoting.quote.QuoteRefusal;
import io.dolim.quoting.quote.Quoter;
import io.dolim.quoting.quote.StaticBounds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * All that a quote on one underlying is a function of, published at one moment: live market, pool,
 * listing and displayed bounds. Immutable; every method is safe on any thread and asks nobody.
 */
public final class PricingView implements PublishedViews.Published {

    private final long number;
    private final long publishedAtNs;
    private final MarketSnapshot market;
    private final Optional<CapacityView> capacity;
    private final List<String> stopped;
    private final SortedSet<OptionContract> listed;
    private final Optional<DisplayedQuotes> displayed;
    private final Quoter quoter;
    private final MarketRules rules;
    private final RecordedInputs inputs;

    PricingView(
            long number,
            long publishedAtNs,
            MarketSnapshot market,
            Optional<CapacityView> capacity,
            List<String> stopped,
            SortedSet<OptionContract> listed,
            Optional<DisplayedQuotes> displayed,
            Quoter quoter,
            MarketRules rules) {
        this.number = number;
        this.publishedAtNs = publishedAtNs;
        this.market = market;
        this.capacity = capacity;
        this.stopped = List.copyOf(stopped);
        this.listed = listed;
        this.displayed = displayed;
        this.quoter = quoter;
        this.rules = rules;
        this.inputs = new RecordedInputs(market, capacity, rules.terms());
    }

    /** Rising within the boot and the underlying, from 1. */
    public long number() {
        return number;
    }

    /** Whose. */
    public Underlying underlying() {
        return market.underlying();
    }

    @Override
    public long publishedAtNs() {
        return publishedAtNs;
    }

    /** The live market. */
    public MarketSnapshot market() {
        return market;
    }

    /** The pool; empty until Capacity has opened its first view. */
    public Optional<CapacityView> capacity() {
        return capacity;
    }

    @Override
    public double spotUsdc() {
        return market.spotUsdc();
    }

    @Override
    public List<String> stopped() {
        return stopped;
    }

    /** Contracts that are listed. */
    public SortedSet<OptionContract> listed() {
        return listed;
    }

    /** How the options trade. */
    public Quoter quoter() {
        return quoter;
    }

    /**
     * The last batch of displayed quotes, made on a view at most {@code displayEveryMs} and one batch
     * older than this one; empty while the market is stopped or no batch is ready.
     */
    public Optional<DisplayedQuotes> displayed() {
        return stopped.isEmpty() ? displayed : Optional.empty();
    }

    /** The bounds that firm quotes keep: those displayed, unless the market has left them behind. */
    public StaticBounds bounds() {
        return displayed
                .map(DisplayedQuotes::basis)
                .filter(basis -> isNear(basis.market().spotUsdc()))
                .map(QuoteBasis::bounds)
                .orElse(StaticBounds.none());
    }

    private boolean isNear(double spotUsdc) {
        return Math.abs(market.spotUsdc() / spotUsdc - 1.0) <= rules.moveBound();
    }

    /**
     * Prices a package.
     *
     * @param nowNs the process's monotonic clock
     */
    public Quote quote(OptionPackage asked, long nowNs) {
        return silence(nowNs)
                .<Quote>map(why -> why.about(asked))
                .orElseGet(() -> quoter.quote(basis(), asked));
    }

    /**
     * The promise of a price of this view to an account.
     *
     * @param quoteId unique within the boot
     * @param bootId of this start of the engine
     * @param quoted what {@link #quote} said
     */
    public FirmQuote promise(
            String quoteId, String bootId, AccountId account, Quote.Quoted quoted) {
        CapacityView pool =
                capacity.orElseThrow(() -> new IllegalStateException("priced without capacity"));
        return new FirmQuote(
                quoteId,
                bootId,
                account,
                quoted.asked(),
                quoted.lines(),
                number,
                pool.viewNumber(),
                pool.revision());
    }

    /**
     * Why this view quotes nothing, whatever is asked; empty while it does.
     *
     * @param nowNs the process's monotonic clock
     */
    public Optional<Silence> silence(long nowNs) {
        if (!stopped.isEmpty()) {
            return Optional.of(
                    new Silence(QuoteRefusal.STALE_MARKET, stopped.getFirst(), Map.of()));
        }
        long marketMs = (nowNs - publishedAtNs) / 1_000_000L;
        if (marketMs > rules.viewStaleMs()) {
            return Optional.of(stale(QuoteRefusal.STALE_MARKET, (double) marketMs));
        }
        double poolMs =
                capacity.map(pool -> (double) new Moment(0, nowNs).msSince(pool.openedAt()))
                        .orElse(Double.POSITIVE_INFINITY);
        return poolMs > rules.viewStaleMs()
                ? Optional.of(stale(QuoteRefusal.STALE_VIEW, poolMs))
                : Optional.empty();
    }

    private Silence stale(QuoteRefusal reason, double ageMs) {
        return new Silence(
                reason,
                reason.code(),
                Map.of("age_ms", ageMs, "limit_ms", (double) rules.viewStaleMs()));
    }

    /** Only where there is a Capacity view. */
    private QuoteBasis basis() {
        return new QuoteBasis(market, capacity.orElseThrow(), bounds());
    }

    @Override
    public double deltaCoins(OptionPackage asked) {
        try {
            return quoter.greeks(market, asked).deltaCoins();
        } catch (IllegalArgumentException | ArithmeticException unpriceable) {
            return Double.NaN;
        }
    }

    /** Infinite when there is no Capacity view, and so no quote to compare with. */
    @Override
    public double hedgeCostMovedUsdc(OptionPackage asked, double unhedgedCoins) {
        return capacity.map(pool -> new QuoteBasis(market, pool, bounds()))
                .map(basis -> quoter.hedgeCostMovedUsdc(basis, asked, unhedgedCoins))
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** Negative infinity when there is no Capacity view, and so no quote. */
    @Override
    public double leastOfDisplayedUsdc(OptionPackage asked) {
        return capacity.map(pool -> new QuoteBasis(market, pool, bounds()))
                .map(basis -> quoter.leastOfDisplayedUsdc(basis, asked))
                .orElse(Double.NEGATIVE_INFINITY);
    }

    /** @throws IllegalStateException when there is no Capacity view, and so no quote to record */
    @Override
    public PricingInputs inputs() {
        return inputs.get();
    }

    /** The market alone, as journals keep it. */
    public Content marketContent() {
        return inputs.market();
    }

    @Override
    public String toString() {
        return "PricingView[" + underlying() + " " + number + " stopped=" + stopped + "]";
    }
}
