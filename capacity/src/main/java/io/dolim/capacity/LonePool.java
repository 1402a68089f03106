package io.dolim.capacity;

import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.InstrumentVectors;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.OptionPackage;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A pool on one thread, on a clock that it is told: Capacity's desk with one Book for each underlying
 * that writes at once what it is told to. Decisions, views and the charge account are the engine's;
 * there is no journal, no account, and no message is late unless the caller makes it so. For
 * simulations.
 */
public final class LonePool {

    private static final String OPERATOR = "operator";

    private final CapacityParameters parameters;
    private final SortedMap<Underlying, LoneBook> books = new TreeMap<>();
    private final ThisView pricer;
    private final Desk desk;
    private final long incarnation;
    private CapitalState state = CapitalState.EMPTY;
    private Moment now;
    private Optional<CapacityView> view = Optional.empty();

    /**
     * A pool without a view.
     *
     * @param pricer over the scenarios that it measures risk by
     * @throws IllegalArgumentException when the capital is not positive
     */
    public LonePool(
            CapacityParameters parameters,
            SortedMap<Underlying, ContractSpec> specs,
            VectorPricer pricer,
            Usdc capital,
            long startMs) {
        this.parameters = parameters;
        this.pricer = new ThisView(pricer);
        this.incarnation = startMs;
        this.now = new Moment(startMs, 0);
        this.desk = new Desk(parameters, specs, this.pricer, startMs);
        specs.forEach(
                (underlying, spec) ->
                        books.put(
                                underlying,
                                new LoneBook(
                                        underlying,
                                        spec,
                                        parameters.chargeAccount(),
                                        this.pricer)));
        if (!payIn(capital)) {
            throw new IllegalArgumentException("capital=" + capital + " must be positive");
        }
    }

    /** What it is on both clocks. */
    public Moment now() {
        return now;
    }

    /** Lets time pass; nothing else happens. */
    public void pass(long ms) {
        now = new Moment(now.epochMs() + ms, now.monotonicNs() + ms * 1_000_000L);
        view = Optional.empty();
    }

    /**
     * Opens the next market view.
     *
     * @param markets of every underlying
     */
    public void open(SortedMap<Underlying, ? extends PricingMarket> markets) {
        pricer.forget();
        long number = desk.prepare(now, true).orElseThrow();
        Desk.Effect effect = Desk.Effect.NONE;
        for (var each : books.entrySet()) {
            PricingMarket market = markets.get(each.getKey());
            if (market == null) {
                throw new IllegalArgumentException(
                        "underlying=" + each.getKey() + " has no market");
            }
            each.getValue().freeze(number, market, now.epochMs());
            effect = desk.report(each.getValue().report(incarnation), rules());
        }
        view = Optional.empty();
        if (effect != Desk.Effect.OPENED) {
            throw new IllegalStateException("view=" + number + " did not open: " + effect);
        }
    }

    /** The open view with the inventory of now. @throws IllegalStateException before the first */
    public CapacityView view() {
        if (view.isEmpty()) {
            view = desk.published(rules(), now);
        }
        return view.orElseThrow(() -> new IllegalStateException("no view is open"));
    }

    /** The open view's potential: K and Z are those of its opening. */
    public Potential potential() {
        ViewInputs inputs = view().inputs();
        return new Potential(
                pricer.scenarios(),
                inputs.capital(),
                MarketView.background(
                        pricer.scenarios(),
                        view().markets(),
                        inputs.unhedgedDeltaCoins(),
                        inputs.cashUsdc()),
                parameters.potential());
    }

    /**
     * Asks Capacity; what it grants is pending until it is written or let go, what it refuses has ended.
     *
     * @param quotedCharge the charge in the quote, signed from the taker
     * @param price what the pool receives in cash
     * @param tick how far the quoted charge may fall short of the decided one
     */
    public Capacity.ReserveReply reserve(
            OptionPackage asked, Usdc quotedCharge, Usdc price, Usdc tick) {
        LoneBook book = book(asked.underlying());
        LoneBook.Asked one = book.ask(incarnation, asked, quotedCharge, price, tick);
        Capacity.ReserveReply reply = desk.reserve(one, rules(), now);
        if (!(reply instanceof Capacity.Granted)) {
            book.letGo(one.id());
        }
        view = Optional.empty();
        return reply;
    }

    /** The trade is written and told. @throws IllegalArgumentException when it is not pending */
    public void write(ReservationId id) {
        told(id.underlying(), book -> book.write(id, now.epochMs()));
        for (Protection each : desk.protections(rules(), now).values()) {
            each.trips().ifPresent(trip -> state = state.apply(trip));
        }
    }

    /** The trade will not be. @throws IllegalArgumentException when it is not pending */
    public void letGo(ReservationId id) {
        desk.release(id);
        told(id.underlying(), book -> book.letGo(id));
    }

    /** Pays an expiry out at its delivery price, USDC per coin. */
    public void settle(Underlying underlying, Expiry expiry, BigDecimal deliveryUsdc) {
        // what is settled leaves the totals with the next view, as its market has them expired
        book(underlying).settle(expiry, deliveryUsdc);
        view = Optional.empty();
    }

    /** What an option pays at a delivery price, USDC per coin. */
    public static BigDecimal payoff(OptionContract contract, BigDecimal deliveryUsdc) {
        return LoneBook.payoff(contract, deliveryUsdc);
    }

    /** Capital comes in; whether it was taken. */
    public boolean payIn(Usdc amount) {
        return done(OperatorDecision.payIn(state, OPERATOR, amount, now.epochMs()));
    }

    /** Capital goes out as far as it is free; whether it did. */
    public boolean payOut(Usdc amount) {
        double free = desk.free(rules(), now);
        return done(OperatorDecision.payOut(state, OPERATOR, amount, free, now.epochMs()));
    }

    private boolean done(OperatorDecision decision) {
        if (!(decision instanceof OperatorDecision.Persist persist)) {
            return false;
        }
        persist.events().forEach(event -> state = state.apply(event));
        view = Optional.empty();
        return true;
    }

    /** A Book's delta of now, with the pendings that move it the way this package does, coins. */
    public double deltaAmid(OptionPackage asked) {
        return book(asked.underlying()).deltaAmid(desk.openNumber(), asked);
    }

    /** What the pool holds, lots; negative when it is short. */
    public SortedMap<OptionContract, Long> positions(Underlying underlying) {
        return book(underlying).positions();
    }

    /** How many reservations are open. */
    public int reservations() {
        return desk.summary(rules(), now).reservations();
    }

    private void told(Underlying underlying, Consumer<LoneBook> what) {
        LoneBook book = book(underlying);
        what.accept(book);
        desk.report(book.report(incarnation), rules());
        view = Optional.empty();
    }

    private LoneBook book(Underlying underlying) {
        LoneBook book = books.get(underlying);
        if (book == null) {
            throw new IllegalArgumentException("underlying=" + underlying + " is not configured");
        }
        return book;
    }

    private Desk.Rules rules() {
        return new Desk.Rules(state, state.limits(parameters.limits()), 1, JournalRoom.AMPLE);
    }

    /** Prices a contract once in a view, whoever asks. */
    private static final class ThisView implements VectorPricer {

        private final VectorPricer pricer;
        private VectorCache known;

        ThisView(VectorPricer pricer) {
            this.pricer = pricer;
            this.known = new VectorCache(pricer);
        }

        void forget() {
            known = new VectorCache(pricer);
        }

        @Override
        public ScenarioSet scenarios() {
            return pricer.scenarios();
        }

        @Override
        public InstrumentVectors of(
                PricingMarket market, ContractSpec spec, OptionContract contract) {
            return known.of(market, spec, contract);
        }

        @Override
        public BookVectors none() {
            return pricer.none();
        }
    }
}
