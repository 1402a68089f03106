package io.dolim.capacity;

import io.dolim.capacity.vector.PackageVectors;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What Capacity keeps in memory: the books' reports, the open view, the one being prepared and the
 * reservations. Driven by one caller at a time with time handed in; the same calls give the same
 * answers. Lost at a restart and rebuilt from the books' reports.
 */
final class Desk {

    private final CapacityParameters parameters;
    private final SortedMap<Underlying, ContractSpec> specs;
    private final long incarnation;
    private final Books books;
    private final HedgeReports hedges;
    private final SetsInPlay sets;
    private final Causes causes;
    private Optional<OpenedView> open = Optional.empty();
    private final ViewPreparation preparing;
    private long revision;
    private Optional<Hashed> hashed = Optional.empty();

    /** The digest of the state at Capacity's sequence number. */
    private record Hashed(long number, String hash) {}

    /** What a report did. */
    enum Effect {
        /** Nothing anybody needs to hear. */
        NONE,
        /** The inventory of the open view is another. */
        MOVED,
        /** The next view is open. */
        OPENED,
        /** The first view over the coming scenario set is whole, and waits for {@link Desk#turn}. */
        READY,
        /** The open view has a venue otherwise than it stands, and the next is not on its way. */
        OUTDATED
    }

    /**
     * What is asked of the desk is answered under these.
     *
     * @param number Capacity's sequence number
     * @param room what the journal still takes
     */
    record Rules(CapitalState state, Limits limits, long number, JournalRoom room) {}

    /** Without hedgers. */
    Desk(
            CapacityParameters parameters,
            SortedMap<Underlying, ContractSpec> specs,
            VectorPricer pricer,
            long incarnation) {
        this(parameters, specs, Set.of(), pricer, incarnation);
    }

    /** @param hedged underlyings whose hedger must have reported */
    Desk(
            CapacityParameters parameters,
            SortedMap<Underlying, ContractSpec> specs,
            Set<Underlying> hedged,
            VectorPricer pricer,
            long incarnation) {
        this.parameters = parameters;
        this.specs = new TreeMap<>(specs);
        this.sets = new SetsInPlay(pricer);
        this.incarnation = incarnation;
        this.preparing = new ViewPreparation(incarnation, parameters);
        this.books = new Books(this.specs.keySet());
        this.hedges = new HedgeReports(hedged);
        this.causes = new Causes(parameters);
    }

    /** The number to prepare next; empty while the last still has time and is not to be overtaken. */
    Optional<Long> prepare(Moment now, boolean atOnce) {
        return preparing.isWaiting(now) && !atOnce
                ? Optional.empty()
                : Optional.of(preparing.next(now, missing()));
    }

    /** Whose Market was asked to freeze too long ago to be waited for, when there is a view to carry. */
    SortedSet<Underlying> silent(Moment now) {
        return open.isPresent() ? preparing.silent(now, missing()) : new TreeSet<>();
    }

    boolean isPreparing(long viewNumber) {
        return preparing.isOf(viewNumber);
    }

    /** What a Book is told to go on with for the view being prepared; empty when there is nothing. */
    Optional<Capacity.CarryOver> carryOver() {
        return preparing
                .current()
                .filter(asked -> open.isPresent())
                .map(asked -> new Capacity.CarryOver(asked.number(), openNumber()));
    }

    /** Takes a book's cumulative totals; an older one than the last is ignored. */
    Effect report(BookReport report, Rules rules) {
        Optional<Long> next = preparing.current().map(ViewPreparation.Asked::number);
        if (sets.isForeign(report, openNumber(), next) || !books.take(report, openNumber())) {
            return Effect.NONE;
        }
        revision++;
        if (!report.byView().isEmpty()) {
            preparing.heard(report.underlying(), report.byView().lastKey());
        }
        return openWhenReady(rules).orElse(Effect.MOVED);
    }

    /** Takes a hedger's cumulative totals; the next view counts them. An older one is ignored. */
    Effect hedged(HedgeReport report, Rules rules, Moment now) {
        boolean first = !hedges.complete();
        if (!hedges.take(report, now)) {
            return Effect.NONE;
        }
        if (first) {
            return openWhenReady(rules).orElse(Effect.NONE);
        }
        return preparing.current().isEmpty()
                        && open.filter(
                                        view ->
                                                hedges.standsOtherwise(
                                                        report.underlying(),
                                                        view.view().hedges().frozen()))
                                .isPresent()
                ? Effect.OUTDATED
                : Effect.NONE;
    }

    private Optional<Effect> openWhenReady(Rules rules) {
        if (!hedges.complete()
                || preparing.current().filter(asked -> books.ready(asked.number())).isEmpty()) {
            return Optional.empty();
        }
        if (sets.isChanging()) {
            return Optional.of(Effect.READY);
        }
        openPrepared(rules);
        return Optional.of(Effect.OPENED);
    }

    /** The set that the journal says is in force; before anything is prepared. */
    void begin(VectorPricer pricer) {
        sets.begin(pricer);
    }

    /** From now on views are prepared over another set; the open one decides until that is whole. */
    void come(VectorPricer pricer) {
        sets.come(pricer);
        preparing.drop();
    }

    /** Gives the coming set up. */
    void stay() {
        sets.stay();
        preparing.drop();
    }

    /** Opens the first view over the coming set, which is in force from here on. */
    void turn(Rules rules) {
        openPrepared(rules);
        sets.turn();
    }

    /** Whether every configured book and hedger has reported since this incarnation began. */
    boolean complete() {
        return books.complete() && hedges.complete();
    }

    boolean hasReported(Underlying underlying) {
        return books.hasReported(underlying);
    }

    void release(ReservationId id) {
        if (books.remove(id)) {
            revision++;
        }
    }

    /** Decides a reservation; granted ones are kept. */
    Capacity.ReserveReply reserve(RiskAsked asked, Rules rules, Moment now) {
        ReservationId id = asked.id();
        Optional<Capacity.ReserveReply> early = notDecided(asked, now);
        if (early.isPresent()) {
            return early.get();
        }
        OpenedView view = open.orElseThrow();
        Inventory inventory = held(rules).orElseThrow();
        PackageVectors change =
                asked.byView()
                        .getOrDefault(
                                view.view().number(), new PackageVectors(sets.inForce().none(), 0));
        Admission admission = admission(view, rules, now);
        Usdc account = books.chargeAccount(now, parameters.chargeAccount());
        Admission.Verdict verdict =
                admission.judge(
                        admission.basis(inventory, books.reservations()),
                        new Admission.Asked(
                                id.underlying(), change, asked.price(), asked.coins(), account));
        return new Decision(asked, inventory, view, rules, incarnation).on(verdict, books);
    }

    /** The open view with the inventory of now; empty before the first, or when totals are missing. */
    Optional<CapacityView> published(Rules rules, Moment now) {
        if (open.isEmpty()) {
            return Optional.empty();
        }
        OpenedView view = open.get();
        return held(rules)
                .map(
                        held ->
                                new PublishedView(
                                        view.view(),
                                        view.cache(),
                                        specs,
                                        held,
                                        admission(view, rules, now),
                                        view.measures(held, rules, parameters),
                                        standing(rules, now),
                                        view.allocation(held, rules.state()),
                                        books.chargeAccount(now, parameters.chargeAccount()),
                                        revision));
    }

    /** The effective mode and everything that stands in the way of trading. */
    PublishedView.Standing standing(Rules rules, Moment now) {
        List<Cause> found =
                causes.of(
                        rules, books.silent(), hedges.silent(), open, protections(rules, now), now);
        return new PublishedView.Standing(Causes.mode(rules.state(), found), found, rules.number());
    }

    /** What may leave the pool: RAC above its floor, and cash; NaN when it is not known. */
    double free(Rules rules, Moment now) {
        if (open.isEmpty() || !complete() || open.get().isStale(now, parameters)) {
            return Double.NaN;
        }
        OpenedView view = open.get();
        Optional<Inventory> inventory = held(rules);
        if (inventory.isEmpty()) {
            return Double.NaN;
        }
        return view.free(inventory.get(), admission(view, rules, now), books.reservations(), rules);
    }

    /** The pool in figures; measures are empty while there is no view or a book's totals are missing. */
    PoolSummary summary(Rules rules, Moment now) {
        Optional<Inventory> held = held(rules);
        PublishedView.Standing standing = standing(rules, now);
        return new PoolSummary(
                standing.mode(),
                standing.causes(),
                cash(rules),
                rules.state().capitalMoved(),
                books.chargeAccount(now, parameters.chargeAccount()),
                held.map(inventory -> open.orElseThrow().measures(inventory, rules, parameters)),
                held.map(Inventory::exposures).orElseGet(TreeMap::new),
                held.map(HedgeFigures::of).orElse(HedgeFigures.NONE),
                books.cut(rules.number()),
                hash(rules),
                rules.limits().values(),
                ProtectionSummary.of(protections(rules, now)),
                books.reservations().size(),
                openNumber(),
                open.map(view -> now.msSince(view.view().openedAt())).orElse(-1L));
    }

    /** A digest of the whole state: made once for each state that is asked about. */
    private String hash(Rules rules) {
        if (hashed.filter(each -> each.number() == rules.number()).isEmpty()) {
            hashed = Optional.of(new Hashed(rules.number(), rules.state().hash()));
        }
        return hashed.orElseThrow().hash();
    }

    /** What the next view is prepared with. */
    VectorPricer pricer() {
        return sets.next();
    }

    String scenarioSet() {
        return sets.inForce().scenarios().version();
    }

    /** Whose totals the view being prepared lacks. */
    SortedSet<Underlying> missing() {
        return preparing
                .current()
                .map(asked -> books.missing(asked.number()))
                .orElseGet(TreeSet::new);
    }

    SortedSet<Underlying> underlyings() {
        return new TreeSet<>(specs.keySet());
    }

    boolean configured(Underlying underlying) {
        return specs.containsKey(underlying);
    }

    long openNumber() {
        return open.map(view -> view.view().number()).orElse(0L);
    }

    long incarnation() {
        return incarnation;
    }

    private Optional<Capacity.ReserveReply> notDecided(RiskAsked asked, Moment now) {
        ReservationId id = asked.id();
        if (!specs.containsKey(id.underlying())) {
            return Optional.of(Decision.refused(id, "unknown_underlying", new TreeMap<>()));
        }
        if (!complete() || books.notYetKnown(id)) {
            return Optional.of(new Capacity.Retry(id));
        }
        if (books.ended(id)) {
            return Optional.of(Decision.refused(id, "reservation_reused", "number", id.number()));
        }
        if (open.isEmpty()) {
            return Optional.of(Decision.refused(id, "no_view", new TreeMap<>()));
        }
        OpenedView view = open.get();
        if (view.isStale(now, parameters)) {
            return Optional.of(
                    Decision.refused(
                            id, "stale_view", "age_ms", now.msSince(view.view().openedAt())));
        }
        if (!asked.byView().containsKey(view.view().number())
                || !books.totalsOf(view.view().number())) {
            return Optional.of(new Capacity.Retry(id));
        }
        long own = books.reservationsOf(id.underlying()).size();
        return own < parameters.maxReservationsPerBook()
                ? Optional.empty()
                : Optional.of(Decision.refused(id, "too_many_reservations", "open", own));
    }

    private void openPrepared(Rules rules) {
        Optional<MarketView> before = open.map(OpenedView::view);
        open =
                Optional.of(
                        OpenedView.of(
                                preparing.current().orElseThrow(),
                                before,
                                books,
                                hedges,
                                rules,
                                sets.next(),
                                parameters));
        preparing.drop();
    }

    private Admission admission(OpenedView view, Rules rules, Moment now) {
        return new Admission(
                view.view(),
                parameters,
                rules.limits(),
                rules.state().mode(),
                rules.room(),
                protections(rules, now));
    }

    private Optional<Inventory> held(Rules rules) {
        return open.flatMap(
                view ->
                        books.inventory(view.view().number(), rules.state().capital())
                                .map(options -> options.with(view.view().hedges())));
    }

    /** Capital, trades and hedges; of hedges what the open view counts. */
    private Usdc cash(Rules rules) {
        return books.cash(rules.state().capital())
                .plus(open.map(view -> view.view().hedges().cash()).orElseGet(hedges::cash));
    }

    /** How the protection of every underlying stands; none before the first view. */
    SortedMap<Underlying, Protection> protections(Rules rules, Moment now) {
        return open.map(view -> Protection.all(view.view(), books, rules, parameters, now))
                .orElseGet(TreeMap::new);
    }
}
