package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.capacity.scenario.SetVersion;
import io.dolim.capacity.vector.Exposure;
import io.dolim.capacity.vector.InstrumentGreeks;
import io.dolim.capacity.vector.Series;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.money.Usdc;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a published view says of the pool once its positions are known. */
class RiskReportTest {

    private static final OptionContract CALL = contract(Pool.BTC, 30, 70_000, "C");
    private static final OptionContract PUT = contract(Pool.BTC, 7, 60_000, "P");
    private static final OptionContract ETHER = contract(Pool.ETH, 30, 2_500, "P");

    private static final RiskReport.Terms TERMS =
            new RiskReport.Terms(Pool.PARAMETERS.tailLevel(), List.of(0.25, 0.5, 0.75), 3);

    private final Pool pool = Pool.opened();

    @Test
    void itsShortfallIsThatOfTheViewAndItsPartsAddUp() {
        hold(Pool.BTC, CALL, -120);
        hold(Pool.BTC, PUT, 300);
        hold(Pool.ETH, ETHER, -450);

        RiskReport report = report(lots()).orElseThrow();

        Contributions parts = report.contributions();
        double expected = pool.view().measures().expectedShortfall();
        assertEquals(expected, parts.expected());
        double gross = parts.collateral();
        double sum = parts.collateral();
        for (OptionContract each : new OptionContract[] {CALL, PUT, ETHER}) {
            sum += Pool.in(parts.byInstrument(), each);
            gross += Math.abs(Pool.in(parts.byInstrument(), each));
        }
        assertEquals(expected, sum, 1e-12 * gross);
        assertEquals(3, parts.byExpiry().size());
        assertTrue(Pool.in(parts.byInstrument(), ETHER) > 0, "puts that were sold");
        assertTrue(Pool.in(parts.byInstrument(), PUT) < 0, "puts that were bought");
        double bitcoin = Pool.in(parts.byInstrument(), CALL) + Pool.in(parts.byInstrument(), PUT);
        assertEquals(
                Pool.in(pool.view().measures().shortfall().byUnderlying(), Pool.BTC),
                bitcoin,
                1e-12 * gross);
    }

    @Test
    void positionsThatTheViewDoesNotHoldHaveNoReport() {
        hold(Pool.BTC, CALL, -120);
        SortedMap<Underlying, SortedMap<OptionContract, Long>> other = lots();
        Pool.in(other, Pool.BTC).put(CALL, -119L);

        assertEquals(Optional.empty(), report(other));

        other.put(new Underlying("SOL"), new TreeMap<>());
        assertThrows(IllegalArgumentException.class, () -> report(other));
    }

    @Test
    void gammaAndVegaLieByExpiryAndDeltaAndAddUpToTheExposure() {
        OptionContract wing = contract(Pool.BTC, 30, 90_000, "C");
        OptionContract low = contract(Pool.BTC, 30, 40_000, "P");
        hold(Pool.BTC, CALL, -120);
        hold(Pool.BTC, wing, 40);
        hold(Pool.BTC, low, -7);
        hold(Pool.BTC, PUT, 300);
        hold(Pool.ETH, ETHER, -450);

        Profiles profiles = report(lots()).orElseThrow().profiles();

        Series month = new Series(Pool.BTC, CALL.expiry());
        Exposure bitcoin = pool.view().inventory().exposure(Pool.BTC);
        GammaVega near = Pool.in(profiles.byExpiry(), new Series(Pool.BTC, PUT.expiry()));
        GammaVega far = Pool.in(profiles.byExpiry(), month);
        assertEquals(bitcoin.gammaUsdc(), near.gammaUsdc() + far.gammaUsdc());
        assertEquals(bitcoin.vegaUsdc(), near.vegaUsdc() + far.vegaUsdc());
        assertTrue(near.gammaUsdc() > 0 && far.gammaUsdc() < 0, profiles::toString);
        // by the call's delta of each strike: the wing below a quarter, the call below a half,
        // the low put's strike above three quarters
        List<Double> expected =
                List.of(
                        40 * greeks(Pool.BTC, wing).vegaUsdc(),
                        -120 * greeks(Pool.BTC, CALL).vegaUsdc(),
                        0.0,
                        -7 * greeks(Pool.BTC, low).vegaUsdc());
        assertEquals(expected, profiles.vegaByDelta().get(month));
        assertEquals(0.1 * 467 * 65_000 + 450 * 2_500, profiles.notionalUsdc(), 1e-3);
        assertEquals(
                120 * greeks(Pool.BTC, CALL).markUsdc()
                        + 7 * greeks(Pool.BTC, low).markUsdc()
                        + 450 * greeks(Pool.ETH, ETHER).markUsdc(),
                profiles.premiumUsdc(),
                1e-6);
    }

    @Test
    void efficiencyIsWhatIsOpenForTheCapitalInUse() {
        RiskReport flat = report(lots()).orElseThrow();
        assertEquals(OptionalDouble.empty(), flat.notionalPerRac());
        assertEquals(OptionalDouble.of(0), flat.premiumPerShortfall(), "of the cash alone");
        assertEquals(
                OptionalDouble.empty(), reportOf(ofCashAlone("standard-1")).premiumPerShortfall());
        hold(Pool.BTC, CALL, -120);

        RiskReport report = report(lots()).orElseThrow();

        Measures measures = pool.view().measures();
        double used = measures.capital() - measures.rac();
        assertEquals(used, measures.liquidationThresholdUsdc(), 1e-6);
        assertEquals(12 * 65_000 / used, report.notionalPerRac().orElseThrow(), 1e-9);
        assertEquals(
                120 * greeks(Pool.BTC, CALL).markUsdc() / measures.expectedShortfall(),
                report.premiumPerShortfall().orElseThrow(),
                1e-12);
    }

    @Test
    void theWorstScenariosAreNamedTheWorstFirst() {
        hold(Pool.BTC, CALL, -120);

        List<NamedLoss> worst = report(lots()).orElseThrow().worst();

        assertEquals(3, worst.size());
        NamedLoss first = worst.getFirst();
        assertEquals(pool.view().measures().worstUndamped(), -first.profitUsdc());
        assertEquals("usdc-depegs", first.scenario().name());
        assertEquals(first.profitUsdc(), first.dampedUsdc());
        NamedLoss second = worst.get(1);
        assertEquals("spot 1.0 vol 0.5", second.scenario().name());
        assertEquals(0.14 * second.profitUsdc(), second.dampedUsdc());
        assertEquals(Math.log(2), Pool.in(second.scenario().moves(), Pool.BTC).logSpot(), 1e-12);
        assertTrue(first.profitUsdc() < second.profitUsdc(), worst::toString);
        assertTrue(second.profitUsdc() <= worst.get(2).profitUsdc(), worst::toString);
    }

    @Test
    void termsThatCannotBeAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new RiskReport.Terms(0.975, List.of(0.5, 0.5), 3));
        assertThrows(
                IllegalArgumentException.class, () -> new RiskReport.Terms(0.975, List.of(), 0));
        assertThrows(IllegalArgumentException.class, () -> new RiskReport.Terms(1, List.of(), 3));
    }

    private InstrumentGreeks greeks(Underlying underlying, OptionContract contract) {
        CapacityView view = pool.view();
        return view.pricer()
                .of(Pool.in(view.markets(), underlying), Pool.in(Pool.SPECS, underlying), contract)
                .greeks();
    }

    @Test
    void cashLosesItsPegInIt() {
        CapacityView view = ofCashAlone("standard-2");

        Contributions parts = reportOf(view).contributions();

        assertTrue(parts.collateral() > 0, parts::toString);
        assertEquals(view.measures().expectedShortfall(), parts.collateral(), 1e-9);
        assertEquals(view.measures().expectedShortfall(), parts.expected());
    }

    private static CapacityView ofCashAlone(String set) {
        VectorPricer pricer =
                Pool.PARAMETERS.pricer(SetVersion.parse(set), new TreeSet<>(Pool.SPECS.keySet()));
        TreeMap<Underlying, PricingMarket> markets =
                new TreeMap<>(
                        Map.of(Pool.BTC, new Pool.Flat(Pool.BTC, Pool.START_MS, 65_000, 0.5)));
        Usdc cash = Usdc.ofWhole(1_000_000);
        return new RecordedPool(Pool.PARAMETERS, Pool.SPECS, Pool.PARAMETERS.limits())
                .view(
                        pricer,
                        new RecordedPool.Frozen(
                                new ViewInputs(
                                        1, set, 1e6, new TreeMap<>(), 2, 0.25, cash.toDouble()),
                                markets,
                                0),
                        new RecordedPool.Held(
                                new TreeMap<>(Map.of(Pool.BTC, pricer.none())),
                                cash,
                                new TreeMap<>(),
                                Usdc.ZERO),
                        Mode.OPEN);
    }

    private static RiskReport reportOf(CapacityView view) {
        return RiskReport.of(
                        view, TERMS, Pool.SPECS, new TreeMap<>(Map.of(Pool.BTC, new TreeMap<>())))
                .orElseThrow();
    }

    private Optional<RiskReport> report(
            SortedMap<Underlying, SortedMap<OptionContract, Long>> lots) {
        return RiskReport.of(pool.view(), TERMS, Pool.SPECS, lots);
    }

    private SortedMap<Underlying, SortedMap<OptionContract, Long>> lots() {
        SortedMap<Underlying, SortedMap<OptionContract, Long>> lots = new TreeMap<>();
        pool.books.forEach(
                (underlying, book) -> lots.put(underlying, new TreeMap<>(book.positions)));
        return lots;
    }

    private void hold(Underlying underlying, OptionContract contract, long lots) {
        Pool.FakeBook book = pool.book(underlying);
        book.positions.put(contract, lots);
        book.sequence++;
        pool.report(underlying);
    }

    private static OptionContract contract(
            Underlying underlying, int days, int strike, String type) {
        return Pool.option(underlying, days, strike, type, 1).legs().getFirst().contract();
    }
}
