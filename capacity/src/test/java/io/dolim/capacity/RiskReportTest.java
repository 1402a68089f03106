package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.capacity.scenario.SetVersion;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.money.Usdc;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a published view says of the pool once its positions are known. */
class RiskReportTest {

    private static final OptionContract CALL = contract(Pool.BTC, 30, 70_000, "C");
    private static final OptionContract PUT = contract(Pool.BTC, 7, 60_000, "P");
    private static final OptionContract ETHER = contract(Pool.ETH, 30, 2_500, "P");

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
    void cashLosesItsPegInIt() {
        VectorPricer pricer =
                Pool.PARAMETERS.pricer(
                        SetVersion.parse("standard-2"), new TreeSet<>(Pool.SPECS.keySet()));
        TreeMap<Underlying, PricingMarket> markets =
                new TreeMap<>(
                        Map.of(Pool.BTC, new Pool.Flat(Pool.BTC, Pool.START_MS, 65_000, 0.5)));
        Usdc cash = Usdc.ofWhole(1_000_000);
        CapacityView view =
                new RecordedPool(Pool.PARAMETERS, Pool.SPECS, Pool.PARAMETERS.limits())
                        .view(
                                pricer,
                                new RecordedPool.Frozen(
                                        new ViewInputs(
                                                1,
                                                "standard-2",
                                                1e6,
                                                new TreeMap<>(),
                                                2,
                                                0.25,
                                                cash.toDouble()),
                                        markets,
                                        0),
                                new RecordedPool.Held(
                                        new TreeMap<>(Map.of(Pool.BTC, pricer.none())),
                                        cash,
                                        new TreeMap<>(),
                                        Usdc.ZERO),
                                Mode.OPEN);

        Contributions parts =
                RiskReport.of(
                                view,
                                Pool.PARAMETERS,
                                Pool.SPECS,
                                new TreeMap<>(Map.of(Pool.BTC, new TreeMap<>())))
                        .orElseThrow()
                        .contributions();

        assertTrue(parts.collateral() > 0, parts::toString);
        assertEquals(view.measures().expectedShortfall(), parts.collateral(), 1e-9);
        assertEquals(view.measures().expectedShortfall(), parts.expected());
    }

    private Optional<RiskReport> report(
            SortedMap<Underlying, SortedMap<OptionContract, Long>> lots) {
        return RiskReport.of(pool.view(), Pool.PARAMETERS, Pool.SPECS, lots);
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
