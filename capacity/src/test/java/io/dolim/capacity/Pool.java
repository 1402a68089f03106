package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.typesafe.config.ConfigFactory;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.InstrumentVectors;
import io.dolim.capacity.vector.PackageVectors;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.market.QuotableMarket;
import io.dolim.quoting.market.Uncertainty;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;

/** A desk with two books in the test's hands, ten million of capital, and a clock that is set. */
final class Pool {

    static final Underlying BTC = new Underlying("BTC");
    static final Underlying ETH = new Underlying("ETH");
    static final long START_MS = 1_770_000_000_000L;

    /** Its clock stands while a test trades for days: no window is too small, but for who sets it. */
    static final CapacityParameters PARAMETERS =
            CapacityParameters.of(
                    ConfigFactory.parseString(
                                    """
                                    limits {
                                      "mmp_quantity_coins.BTC" = 4000000
                                      "mmp_quantity_coins.ETH" = 4000000
                                      "mmp_delta_coins.BTC" = 4000000
                                      "mmp_delta_coins.ETH" = 4000000
                                      mmp_vega_share = 1
                                      mmp_loss_share = 1
                                    }
                                    """)
                            .withFallback(ConfigFactory.load().getConfig("dolim.capacity")));

    static final SortedMap<Underlying, ContractSpec> SPECS =
            new TreeMap<>(Map.of(BTC, spec(BTC, "0.1", "5"), ETH, spec(ETH, "1", "0.5")));
    static final VectorPricer PRICER =
            new Remembering(PARAMETERS.pricer(new java.util.TreeSet<>(List.of(BTC, ETH))));
    static final Usdc TICK = Usdc.of(new BigDecimal("0.5"));

    final SortedMap<Underlying, FakeBook> books = new TreeMap<>();
    Desk desk = new Desk(PARAMETERS, SPECS, PRICER, START_MS);
    CapitalState state =
            CapitalState.EMPTY.apply(
                    new CapacityEvent.CapitalPaidIn(
                            "test", 1, Usdc.ofWhole(10_000_000), List.of()));
    Moment now = new Moment(START_MS, 0);
    JournalRoom room = JournalRoom.AMPLE;
    long openNumber;

    Pool() {
        books.put(BTC, new FakeBook(BTC, 65_000, 0.5));
        books.put(ETH, new FakeBook(ETH, 2_500, 0.65));
    }

    /** A pool whose books have reported and whose first view is open. */
    static Pool opened() {
        Pool pool = new Pool();
        pool.openView();
        return pool;
    }

    FakeBook book(Underlying underlying) {
        return in(books, underlying);
    }

    static <K, V> V in(Map<K, V> map, K key) {
        return java.util.Objects.requireNonNull(map.get(key), () -> "nothing under " + key);
    }

    Desk.Rules rules() {
        return new Desk.Rules(state, state.limits(PARAMETERS.limits()), 1, room);
    }

    void apply(CapacityEvent event) {
        state = state.apply(event);
    }

    void pass(long ms) {
        now = new Moment(now.epochMs() + ms, now.monotonicNs() + ms * 1_000_000);
    }

    void openView() {
        long number = desk.prepare(now, true).orElseThrow();
        Desk.Effect effect = Desk.Effect.NONE;
        for (FakeBook book : books.values()) {
            book.freeze(number, now.epochMs());
            effect = desk.report(book.report(), rules());
        }
        if (effect != Desk.Effect.OPENED) {
            throw new AssertionError("view " + number + " did not open: " + effect);
        }
        openNumber = number;
        books.values().forEach(book -> book.markets.headMap(number).clear());
    }

    CapacityView view() {
        return desk.published(rules(), now).orElseThrow();
    }

    Capacity.ReserveReply ask(Underlying underlying, OptionPackage asked, Usdc quotedCharge) {
        return desk.reserve(book(underlying).issue(asked, quotedCharge).reserve(), rules(), now);
    }

    void report(Underlying underlying) {
        desk.report(book(underlying).report(), rules());
    }

    static OptionPackage option(
            Underlying underlying, int days, int strike, String type, long lots) {
        Expiry expiry = Expiry.ofEpochMs(START_MS + days * 86_400_000L);
        return OptionPackage.of(
                new Leg(
                        OptionContract.parse(
                                underlying + "_USDC-" + expiry + "-" + strike + "-" + type),
                        lots));
    }

    private static ContractSpec spec(Underlying underlying, String coins, String tick) {
        return new ContractSpec(
                underlying, new BigDecimal(coins), new BigDecimal(tick), 1, 100_000);
    }

    /** A flat market. */
    record Flat(Underlying underlying, long timeMs, double spotUsdc, double vol)
            implements QuotableMarket {
        @Override
        public double forwardUsdc(Expiry expiry) {
            return spotUsdc;
        }

        @Override
        public double discount(Expiry expiry) {
            return 1;
        }

        @Override
        public double volAnnual(Expiry expiry, double logMoneyness) {
            return vol;
        }

        @Override
        public Uncertainty uncertainty() {
            return Uncertainty.NONE;
        }

        @Override
        public double uncertaintyVol(Expiry expiry) {
            return 0;
        }
    }

    /** Prices a contract once for each market, however many pools are made. */
    private record Remembering(VectorPricer pricer, Map<Priced, InstrumentVectors> known)
            implements VectorPricer {

        private record Priced(PricingMarket market, OptionContract contract) {}

        Remembering(VectorPricer pricer) {
            this(pricer, new java.util.concurrent.ConcurrentHashMap<>());
        }

        @Override
        public ScenarioSet scenarios() {
            return pricer.scenarios();
        }

        @Override
        public InstrumentVectors of(
                PricingMarket market, ContractSpec spec, OptionContract contract) {
            return known.computeIfAbsent(
                    new Priced(market, contract), _ -> pricer.of(market, spec, contract));
        }
    }

    /** What a book has asked for and not ended. */
    record Issued(
            ReservationId id,
            OptionPackage asked,
            Usdc price,
            Usdc charge,
            Capacity.Reserve reserve) {}

    /** A trade and when it was written. */
    record Written(Issued trade, long atMs) {}

    /** A book that writes what the test tells it to. */
    static final class FakeBook {
        final Underlying underlying;
        final SortedMap<Long, PricingMarket> markets = new TreeMap<>();
        private final java.util.Set<Long> carried = new java.util.TreeSet<>();
        private final SortedMap<Long, VectorPricer> pricers = new TreeMap<>();
        final SortedMap<OptionContract, Long> positions = new TreeMap<>();
        final SortedMap<ReservationId, Issued> pending = new TreeMap<>();
        final TestInbox<Capacity.ReserveReply> inbox = TestInbox.create();
        double spot;
        double vol;
        long incarnation = 1;
        long sequence;
        long issued;
        final List<Written> written = new java.util.ArrayList<>();
        long tradesUnknownBeforeMs = Long.MIN_VALUE;
        Usdc cash = Usdc.ZERO;
        ChargeAccount account = ChargeAccount.EMPTY;

        FakeBook(Underlying underlying, double spot, double vol) {
            this.underlying = underlying;
            this.spot = spot;
            this.vol = vol;
        }

        /** As a Book does whose Market has none to freeze. */
        void carry(Capacity.CarryOver over) {
            markets.put(over.viewNumber(), in(markets, over.from()));
            carried.add(over.viewNumber());
        }

        void freeze(long view, long timeMs) {
            markets.put(view, new Flat(underlying, timeMs, spot, vol));
        }

        /** As a Book does for whom another scenario set is prepared. */
        void freeze(Capacity.Prepare prepare, long timeMs) {
            freeze(prepare.viewNumber(), timeMs);
            pricers.put(prepare.viewNumber(), prepare.pricer());
        }

        private VectorPricer pricer(long view) {
            return pricers.getOrDefault(view, PRICER);
        }

        PackageVectors vectors(long view, OptionPackage asked) {
            return pricer(view).ofPackage(in(markets, view), in(SPECS, underlying), asked);
        }

        /** Asks at the mark plus the charge. */
        Issued issue(OptionPackage asked, Usdc charge) {
            SortedMap<Long, PackageVectors> byView = new TreeMap<>();
            markets.keySet().forEach(view -> byView.put(view, vectors(view, asked)));
            double mark = -in(byView, markets.firstKey()).poolChange().markUsdc();
            Usdc price = Usdc.dueFromTaker(mark, new Usdc(1)).plus(charge);
            ReservationId id = new ReservationId(underlying, incarnation, ++issued);
            Capacity.Reserve reserve =
                    new Capacity.Reserve(
                            id, byView, charge, price, TICK, coins(asked), "test", inbox.getRef());
            Issued one = new Issued(id, asked, price, charge, reserve);
            pending.put(id, one);
            return one;
        }

        void write(ReservationId id, long nowMs) {
            Issued trade = in(pending, id);
            pending.remove(id);
            for (Leg leg : trade.asked().legs()) {
                positions.merge(leg.contract(), -leg.lots(), Long::sum);
            }
            cash = cash.plus(trade.price());
            account = account.booked(trade.charge(), nowMs, PARAMETERS.chargeAccount());
            sequence++;
            written.add(new Written(trade, nowMs));
        }

        private double coins(OptionPackage asked) {
            return in(SPECS, underlying).coins(asked.grossLots()).doubleValue();
        }

        /** As a Book tells it: every trade since the first day. */
        private SortedMap<Long, Traded> traded(long view) {
            SortedMap<Long, Traded> traded = new TreeMap<>();
            for (Written each : written) {
                OptionPackage asked = each.trade().asked();
                traded.merge(
                        each.atMs() / 1000,
                        Traded.of(
                                coins(asked),
                                vectors(view, asked).poolChange().exposure(underlying),
                                each.trade().price()),
                        Traded::plus);
            }
            return traded;
        }

        void crash() {
            pending.clear();
            incarnation++;
            issued = 0;
        }

        BookVectors total(long view) {
            BookVectors total = pricer(view).none();
            for (Map.Entry<OptionContract, Long> each : positions.entrySet()) {
                total =
                        total.plus(
                                pricer(view)
                                        .of(
                                                in(markets, view),
                                                in(SPECS, underlying),
                                                each.getKey()),
                                each.getValue());
            }
            return total;
        }

        BookReport report() {
            SortedMap<Long, BookReport.ViewTotals> byView = new TreeMap<>();
            for (long view : markets.keySet()) {
                SortedMap<ReservationId, PackageVectors> open = new TreeMap<>();
                pending.forEach((id, one) -> open.put(id, vectors(view, one.asked())));
                byView.put(
                        view,
                        new BookReport.ViewTotals(
                                in(markets, view),
                                total(view),
                                open,
                                traded(view),
                                carried.contains(view)));
            }
            return new BookReport(
                    underlying,
                    incarnation,
                    sequence,
                    issued,
                    byView,
                    cash,
                    account,
                    tradesUnknownBeforeMs);
        }
    }

    static Capacity.Granted granted(Capacity.ReserveReply reply) {
        return assertInstanceOf(Capacity.Granted.class, reply, reply::toString);
    }

    static Capacity.Refused refused(Capacity.ReserveReply reply) {
        return assertInstanceOf(Capacity.Refused.class, reply, reply::toString);
    }
}
