package io.dolim.api.method;

import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Methods;
import io.dolim.api.rpc.Readiness;
import io.dolim.api.rpc.SessionListener;
import io.dolim.book.PricingView;
import io.dolim.capacity.RiskGrid;
import io.dolim.capacity.RiskReport;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One pool as the outward face shows it: its methods, its channels, and whether it is ready. */
public final class PoolFace {

    private final Desk desk;
    private final Floor floor;
    private final OrderQueues orders;
    private final TradeMeters meters;
    private final OpenQuotes open;
    private final RiskGrid grid;
    private final RiskDesk risk;
    private final Optional<Usdc> faucet;
    private final MarketChannels channels;
    private final KernelWarmth warmth;
    private final OrderCounter counter;

    /**
     * A face over these.
     *
     * @param orderRoom orders that wait at each Book before it turns more away
     * @param open the firm quotes that are out
     * @param grid over which the pool's risk is shown
     * @param report what its risk reports say, and how finely
     * @param warmth whether it may be said to be ready to price
     * @param registry where quotes, trades and refusals are counted
     * @param faucet most a taker may give himself in one deposit; empty where only operators deposit
     */
    public PoolFace(
            Desk desk,
            Floor floor,
            int orderRoom,
            OpenQuotes open,
            RiskGrid grid,
            RiskReport.Terms report,
            Optional<Usdc> faucet,
            KernelWarmth warmth,
            MeterRegistry registry) {
        this.desk = desk;
        this.floor = floor;
        this.orders = new OrderQueues(desk.books().keySet(), orderRoom);
        this.meters = new TradeMeters(registry, id -> id.startsWith(floor.seal().bootId() + "-"));
        desk.books().keySet().forEach(underlying -> meters.show(underlying, orders));
        this.open = open;
        this.grid = grid;
        this.faucet = faucet;
        this.warmth = warmth;
        this.counter = new OrderCounter(desk, floor, orders, meters);
        this.risk = new RiskDesk(desk, floor, report);
        this.channels = new MarketChannels(floor, risk);
    }

    /** The method table of the domain. */
    public Methods methods() {
        List<Method<?>> all = new ArrayList<>();
        all.addAll(new ReferenceMethods(floor).methods());
        all.addAll(new PriceMethods(floor).methods());
        all.addAll(new BookSummaryMethods(floor).methods());
        all.addAll(new LastTradesMethods(floor).methods());
        all.addAll(new ChartMethods(floor).methods());
        all.addAll(new SettlementMethods(floor).methods());
        all.addAll(new QuoteMethods(floor, orders, open, meters).methods());
        all.addAll(new PoolMethods(desk).methods());
        all.addAll(new RiskMethods(desk, floor, grid, risk).methods());
        all.addAll(new TradeMethods(desk, floor, orders, open, meters, counter).methods());
        all.addAll(new OrderMethods(floor, counter).methods());
        all.addAll(new DisconnectMethods(counter.guard()).methods());
        all.addAll(new UserTradeMethods(floor, counter).methods());
        all.addAll(new PositionMethods(desk, floor).methods());
        all.addAll(new MoneyMethods(desk, faucet).methods());
        all.addAll(new OperatorMethods(desk).methods());
        all.addAll(new KeeperMethods(desk).methods());
        return Methods.of(all);
    }

    /** Ends the orders of those who want it so when their connection is lost. */
    public SessionListener disconnects() {
        return counter.guard();
    }

    /** The channels, which move once they are started. */
    public MarketChannels channels() {
        return channels;
    }

    /** Market fresh, journal recovered, kernels warm: for every underlying of the pool. */
    public Readiness readiness() {
        return new Readiness(
                List.of(
                        new Readiness.Condition("market", () -> missing(this::market)),
                        new Readiness.Condition("journal", () -> missing(this::journal)),
                        new Readiness.Condition("trades", this::trades),
                        new Readiness.Condition(
                                "kernels", () -> warmth.missing().or(() -> missing(this::chain)))));
    }

    private Optional<String> missing(Function<Underlying, Optional<String>> condition) {
        return floor.specs().keySet().stream()
                .map(condition)
                .flatMap(Optional::stream)
                .reduce((one, other) -> one + "; " + other);
    }

    private Optional<String> market(Underlying underlying) {
        Optional<PricingView> view = floor.board().latest(underlying);
        long nowNs = floor.monotonicNs().getAsLong();
        return view.isEmpty()
                ? Optional.of(underlying + ": no market yet")
                : view.get().silence(nowNs).map(why -> underlying + ": " + why.words());
    }

    /** A pool view opens only when every Book has recovered and reported. */
    private Optional<String> journal(Underlying underlying) {
        return floor.board().latest(underlying).flatMap(PricingView::capacity).isPresent()
                ? Optional.empty()
                : Optional.of(underlying + ": not every book has reported");
    }

    private Optional<String> trades() {
        return floor.prints().isWhole()
                ? Optional.empty()
                : Optional.of("trades are being read from the journal");
    }

    /** A whole chain has been priced, vectors and charges included. */
    private Optional<String> chain(Underlying underlying) {
        return floor.board().latest(underlying).flatMap(PricingView::displayed).isPresent()
                ? Optional.empty()
                : Optional.of(underlying + ": no chain has been priced yet");
    }
}
