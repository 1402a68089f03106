package io.dolim.deploy;

import com.typesafe.config.Config;
import io.dolim.api.feed.Dice;
import io.dolim.api.keeper.LocalBoard;
import io.dolim.api.venue.ExchangeRules;
import io.dolim.api.venue.PriceSource;
import io.dolim.api.venue.SimulatedExchange;
import io.dolim.api.venue.SimulatedVenue;
import io.dolim.api.venue.VenueConfig;
import io.dolim.book.Book;
import io.dolim.book.PricingBoard;
import io.dolim.book.PricingView;
import io.dolim.book.WriterHalted;
import io.dolim.book.hedge.HedgeEvent;
import io.dolim.book.hedge.HedgeSettings;
import io.dolim.book.hedge.HedgeTerms;
import io.dolim.book.hedge.HedgeTotals;
import io.dolim.book.hedge.Hedger;
import io.dolim.book.hedge.HeldOptions;
import io.dolim.book.hedge.Keeper;
import io.dolim.book.hedge.KeeperSettings;
import io.dolim.book.hedge.Venue;
import io.dolim.capacity.Capacity;
import io.dolim.capacity.HedgeReport;
import io.dolim.capacity.JournalRoom;
import io.dolim.capacity.Moment;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Underlying;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * The wiring of hedging: per underlying a venue, a Hedger and the keeper that the engine brings itself. Each
 * underlying's hedges lie on an account of their own.
 */
final class Hedging {

    private static final Duration KEEPER_PATIENCE = Duration.ofSeconds(3);

    private Hedging() {}

    /** Which underlyings of a pool are hedged; none while {@code dolim.hedging.venue} is {@code none}. */
    static Set<Underlying> hedged(Config all, Set<Underlying> underlyings) {
        Set<Underlying> hedged = new TreeSet<>();
        String venue = all.getString("dolim.hedging.venue");
        switch (venue) {
            case "none" -> {}
            case "simulated" -> {
                Config terms = all.getConfig("dolim.book.hedge.underlyings");
                Config perpetuals = all.getConfig("dolim.api.venue.exchange.perpetuals");
                underlyings.stream()
                        .filter(u -> terms.hasPath(u.code()) && perpetuals.hasPath(u.code()))
                        .forEach(hedged::add);
            }
            default ->
                    throw new IllegalArgumentException(
                            "dolim.hedging.venue=" + venue + " must be none or simulated");
        }
        return hedged;
    }

    /**
     * What hedging is wired to.
     *
     * @param room what the journal still takes
     * @param written told each event of a Hedger
     */
    record Parts(
            Config config,
            PricingBoard board,
            Supplier<Moment> clock,
            LongSupplier incarnations,
            Supplier<JournalRoom> room,
            Consumer<HedgeEvent> written,
            ActorRef<Capacity.Command> capacity,
            ActorRef<WriterHalted> alarm) {}

    /** Spawns what hedges one underlying. */
    static <T> ActorRef<Hedger.Command> spawn(
            ActorContext<T> context,
            Parts parts,
            ContractSpec options,
            ActorRef<Book.Command> book,
            Spawner spawner) {
        Underlying underlying = options.underlying();
        Config hedge = parts.config.getConfig("dolim.book.hedge");
        HedgeTerms terms = HedgeTerms.of(underlying, hedge);
        SortedMap<String, ActorRef<Venue.Command>> venues = new TreeMap<>();
        SimulatedVenue.Settings settings =
                VenueConfig.simulated(parts.config.getConfig("dolim.api.venue.simulated"));
        venues.put(
                settings.name(),
                spawner.spawn(
                        venue(parts, terms, settings),
                        "venue-" + settings.name() + "-" + underlying));
        ActorRef<Hedger.Command> hedger =
                spawner.spawn(
                        Hedger.create(
                                terms,
                                HedgeSettings.of(hedge),
                                new Hedger.Ports(
                                        options,
                                        book,
                                        venues,
                                        HeldOptions.Forecast.noChange(),
                                        parts.clock,
                                        parts.incarnations,
                                        totals ->
                                                parts.capacity.tell(
                                                        new Capacity.ReportHedge(report(totals))),
                                        parts.room,
                                        parts.written,
                                        parts.alarm)),
                        Hedger.persistenceId(underlying));
        AutoCloseable _ =
                parts.board.subscribe(
                        view -> {
                            if (view.underlying().equals(underlying)) {
                                hedger.tell(new Hedger.Observe(view));
                            }
                        });
        KeeperSettings keeper = KeeperSettings.of(parts.config.getConfig("dolim.book.keeper"));
        var _ =
                spawner.spawn(
                        Keeper.create(
                                underlying,
                                keeper,
                                venues,
                                self ->
                                        new LocalBoard(
                                                keeper.name(),
                                                hedger,
                                                terms,
                                                () -> parts.clock.get().epochMs(),
                                                KEEPER_PATIENCE,
                                                context.getSystem(),
                                                self)),
                        "keeper-" + keeper.name() + "-" + underlying);
        return hedger;
    }

    /** How actors are spawned: by the guardian, which watches them. */
    interface Spawner {
        <C> ActorRef<C> spawn(Behavior<C> behavior, String name);
    }

    private static Behavior<Venue.Command> venue(
            Parts parts, HedgeTerms terms, SimulatedVenue.Settings settings) {
        Underlying underlying = terms.spec().underlying();
        ExchangeRules all =
                VenueConfig.exchange(parts.config.getConfig("dolim.api.venue.exchange"));
        ExchangeRules own =
                new ExchangeRules(
                        all.perpetuals().stream()
                                .filter(rules -> rules.spec().underlying().equals(underlying))
                                .toList(),
                        all.liquidationFee(),
                        all.chances(),
                        all.latency(),
                        all.fundingEveryMs(),
                        all.mostRecords());
        require(own, terms);
        LongSupplier nowMs = () -> parts.clock.get().epochMs();
        PriceSource prices =
                wanted ->
                        parts.board
                                .latest(wanted)
                                .map(PricingView::spotUsdc)
                                .map(PriceSource.Price::of);
        return SimulatedVenue.create(
                settings,
                new SimulatedExchange(
                        own, nowMs.getAsLong(), new Dice(underlying.code().hashCode())),
                prices,
                nowMs);
    }

    private static void require(ExchangeRules exchange, HedgeTerms terms) {
        List<?> specs = exchange.perpetuals().stream().map(rules -> rules.spec()).toList();
        if (!specs.equals(List.of(terms.spec()))) {
            throw new IllegalArgumentException(
                    "dolim.book.hedge trades " + terms.spec() + ", the venue has " + specs);
        }
    }

    private static HedgeReport report(HedgeTotals totals) {
        SortedMap<String, HedgeReport.AtVenue> byVenue = new TreeMap<>();
        totals.venues()
                .forEach(
                        (name, book) ->
                                byVenue.put(
                                        name,
                                        new HedgeReport.AtVenue(
                                                totals.spec().coins(book.lots()),
                                                book.cost(),
                                                book.cash(),
                                                totals.margin().initial(),
                                                totals.margin().maintenance(),
                                                book.standing())));
        return new HedgeReport(
                totals.underlying(),
                totals.incarnation(),
                totals.sequence(),
                totals.cash(),
                totals.bandCoins(),
                byVenue);
    }
}
