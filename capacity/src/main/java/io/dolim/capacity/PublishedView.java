package io.dolim.capacity;

import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.PackageVectors;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The view that Capacity publishes: one market view, one inventory, one mode. */
final class PublishedView implements CapacityView {

    private final MarketView view;
    private final VectorCache cache;
    private final SortedMap<Underlying, ContractSpec> specs;
    private final Inventory inventory;
    private final Admission admission;
    private final Admission.Basis basis;
    private final Measures measures;
    private final Standing standing;
    private final Optional<Allocation> allocation;
    private final Usdc chargeAccount;
    private final long revision;

    PublishedView(
            MarketView view,
            VectorCache cache,
            SortedMap<Underlying, ContractSpec> specs,
            Inventory inventory,
            Admission admission,
            Measures measures,
            Standing standing,
            Optional<Allocation> allocation,
            Usdc chargeAccount,
            long revision) {
        this.view = view;
        this.cache = cache;
        this.specs = new TreeMap<>(specs);
        this.inventory = inventory;
        this.admission = admission;
        this.basis = admission.basis(inventory, List.of());
        this.measures = measures;
        this.standing = standing;
        this.allocation = allocation;
        this.chargeAccount = chargeAccount;
        this.revision = revision;
    }

    /** The mode with its causes, and the number of the rules it is by. */
    record Standing(Mode mode, List<Cause> causes, long rules) {
        Standing {
            causes = List.copyOf(causes);
        }
    }

    @Override
    public Answer of(OptionPackage asked) {
        ContractSpec spec = specs.get(asked.underlying());
        if (spec == null || !view.markets().containsKey(asked.underlying())) {
            return unavailable("unknown_underlying", "legs", asked.legs().size());
        }
        for (Leg leg : asked.legs()) {
            if (Math.abs(leg.lots()) > spec.maxLots()) {
                return unavailable("quantity_too_large", "lots", leg.lots());
            }
            if (leg.contract().expiry().epochMs() <= view.timeMs(asked.underlying())) {
                return unavailable("expired", "expiry_ms", leg.contract().expiry().epochMs());
            }
        }
        return charged(
                asked.underlying(), vectorsOf(asked), spec.coins(asked.grossLots()).doubleValue());
    }

    private Answer charged(Underlying underlying, PackageVectors change, double coins) {
        Usdc atMark = Usdc.nearest(-change.poolChange().markUsdc());
        Admission.Asked question =
                new Admission.Asked(underlying, change, atMark, coins, chargeAccount);
        return switch (admission.judge(basis, question)) {
            case Admission.Taken taken ->
                    new Charged(taken.chargeUsdc(), risingShare(taken, change), taken.reducing());
            case Admission.NotTaken not -> new Unavailable(not.rule(), not.numbers());
        };
    }

    private double risingShare(Admission.Taken taken, PackageVectors change) {
        return view.potential()
                .orElseThrow()
                .risingShare(taken.before(), taken.after(), change.poolChange());
    }

    private static Unavailable unavailable(String rule, String name, long number) {
        return new Unavailable(rule, new TreeMap<>(java.util.Map.of(name, (double) number)));
    }

    @Override
    public PackageVectors vectorsOf(OptionPackage asked) {
        ContractSpec spec = specs.get(asked.underlying());
        if (spec == null) {
            throw new IllegalArgumentException(
                    "underlying=" + asked.underlying() + " is not configured");
        }
        return cache.ofPackage(view.market(asked.underlying()), spec, asked);
    }

    @Override
    public double strain() {
        return measures.strain();
    }

    @Override
    public double unhedgedDeltaCoins(Underlying underlying) {
        return inventory.netDeltaCoins(underlying);
    }

    @Override
    public long viewNumber() {
        return view.number();
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public Moment openedAt() {
        return view.openedAt();
    }

    @Override
    public SortedMap<Underlying, PricingMarket> markets() {
        return view.markets();
    }

    @Override
    public VectorPricer pricer() {
        return cache;
    }

    @Override
    public ViewInputs inputs() {
        return view.inputs();
    }

    @Override
    public BookVectors inventory() {
        return inventory.total();
    }

    @Override
    public Mode mode() {
        return standing.mode();
    }

    @Override
    public List<Cause> causes() {
        return standing.causes();
    }

    @Override
    public long rules() {
        return standing.rules();
    }

    @Override
    public Measures measures() {
        return measures;
    }

    @Override
    public Usdc cash() {
        return inventory.cash();
    }

    @Override
    public Hedges hedges() {
        return inventory.hedges();
    }

    @Override
    public Optional<Allocation> allocation() {
        return allocation;
    }

    @Override
    public Usdc chargeAccount() {
        return chargeAccount;
    }

    @Override
    public SortedMap<Underlying, Long> bookSequences() {
        return inventory.sequences();
    }
}
