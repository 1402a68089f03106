package io.dolim.book.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.Recorded;
import io.dolim.capacity.backtest.Forecast;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.DayCount;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.market.Uncertainty;
import io.dolim.quoting.pricing.Black76;
import io.dolim.quoting.surface.SviSlice;
import io.dolim.quoting.surface.SviSmile;
import io.dolim.quoting.surface.VolSurface;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    private static final ContractSpec SPEC =
            new ContractSpec(Made.BTC, new BigDecimal("0.01"), new BigDecimal("0.1"), 1, 10_000);
    private static final long CAPITAL = 1_000_000;
    private static final double SPOT = 100_000.0;
    private static final double VOL = 0.5;
    private static final long HOUR_MS = 3_600_000;
    private static final long DAY_MS = 24 * HOUR_MS;

    private final Made made = new Made();

    @BeforeEach
    void aPool() {
        made.paidIn(CAPITAL);
        made.listed(Made.CALL, Made.PUT, Made.LATER);
    }

    @Test
    void aTradeIsValuedOnTheFirstMarketThatIsLateEnough() {
        on(0, SPOT);
        made.traded(Made.ALICE, 2_000, Made.CALL, 10);
        on(HOUR_MS / 2, SPOT * 1.5);
        made.traded(Made.BOB, 10, Made.PUT, 1);
        on(2 * HOUR_MS, SPOT * 1.02);
        made.traded(Made.BOB, 10, Made.PUT, 1);

        Calibration.Report report = report(HOUR_MS, DAY_MS);

        double then = 0.1 * price(Made.CALL, 2 * HOUR_MS, SPOT * 1.02);
        double delta = 0.1 * delta(Made.CALL, 0, SPOT);
        Calibration.Decile first = report.deciles().getFirst();
        Calibration.Decile last = report.deciles().getLast();
        // of two trades one has the dearer charge for its size: the single put
        assertEquals(2, report.deciles().size());
        assertEquals(0.1 * SPOT, first.notionalUsdc(), 1e-9);
        assertEquals(1_999 - then, first.gainUsdc(), 1e-6);
        assertEquals(1_999 - then + delta * 0.02 * SPOT, first.hedgedUsdc(), 1e-6);
        assertEquals(1e4 * 1 / (0.01 * 1.5 * SPOT), last.mostBp(), 1e-9);
        assertEquals(3, report.trades());
        assertEquals(1, report.unvalued());
        assertEquals(0, report.unpriced());
    }

    @Test
    void aLegThatExpiredMeanwhileIsCountedAndNotValued() {
        on(0, SPOT);
        made.traded(Made.ALICE, 2_000, Made.CALL, 10);
        on(Made.CALL.expiry().epochMs() - Made.BEGIN_MS + 1_000, SPOT);
        made.traded(Made.BOB, 10, Made.LATER, 1);

        Calibration.Report report = report(HOUR_MS, DAY_MS);

        assertEquals(1, report.expired());
        assertTrue(report.deciles().isEmpty());
    }

    @Test
    void lossesOfADayAreHeldAgainstWhatWasForecastOfIt() {
        on(0, SPOT);
        made.traded(Made.ALICE, 2_000, Made.CALL, 100);
        on(HOUR_MS, SPOT * 1.3);
        made.traded(Made.BOB, 10, Made.LATER, 1);
        on(DAY_MS, SPOT * 1.1);
        made.traded(Made.BOB, 10, Made.LATER, 1);

        Calibration.Report report = report(HOUR_MS, DAY_MS);

        Forecast forecast = report.forecasts().getFirst();
        double loss = price(Made.CALL, DAY_MS, SPOT * 1.1) - price(Made.CALL, 0, SPOT);
        assertEquals(1, report.forecasts().size());
        assertEquals(loss, forecast.loss(), 1e-4);
        assertTrue(forecast.expectedShortfall() > 2_000, forecast.toString());
        assertEquals(0.975, report.level());
    }

    @Test
    void inventoryStaysUntilItIsTradedAway() {
        on(0, SPOT);
        made.traded(Made.ALICE, 2_000, Made.CALL, 10);
        on(DAY_MS, SPOT);
        made.traded(Made.ALICE, -1_900, Made.CALL, -10);

        Calibration.HalfLife life = report(HOUR_MS, DAY_MS).inventory().get(Made.BTC);

        assertEquals(new Calibration.HalfLife(0.1, 1), life);
    }

    @Test
    void aTradeWithoutRecordedInputsIsCountedAsUnpriced() {
        made.traded(Made.ALICE, 2_000, Made.CALL, 10);
        assertEquals(1, report(HOUR_MS, DAY_MS).unpriced());
        assertThrows(IllegalArgumentException.class, () -> new Calibration(0, 1));
    }

    private Calibration.Report report(long markoutMs, long horizonMs) {
        Calibration calibration = new Calibration(markoutMs, horizonMs);
        made.log().forEach(written -> calibration.next(written, true));
        return calibration.report();
    }

    private static double years(OptionContract contract, long afterMs) {
        return DayCount.years(Made.BEGIN_MS + afterMs, contract.expiry().epochMs());
    }

    private static double price(OptionContract contract, long afterMs, double spot) {
        return Black76.price(
                contract.type(),
                spot,
                contract.strike().doubleValue(),
                years(contract, afterMs),
                VOL,
                1);
    }

    private static double delta(OptionContract contract, long afterMs, double spot) {
        return Black76.greeks(
                        contract.type(),
                        spot,
                        contract.strike().doubleValue(),
                        years(contract, afterMs),
                        VOL,
                        1)
                .delta();
    }

    /** The market that the trades from here on were priced on, flat at one volatility. */
    private void on(long afterMs, double spot) {
        long atMs = Made.BEGIN_MS + afterMs;
        List<SviSlice> slices =
                List.of(Made.CALL.expiry(), Made.LATER.expiry()).stream()
                        .filter(expiry -> expiry.epochMs() > atMs)
                        .map(expiry -> slice(expiry, atMs, spot))
                        .toList();
        MarketSnapshot market =
                new MarketSnapshot(
                        Made.BTC, atMs, spot, new VolSurface(atMs, slices), spot, Uncertainty.NONE);
        made.recorded(Recorded.ofEmptyPool(market, SPEC, CAPITAL, 0.99 * CAPITAL));
    }

    private static SviSlice slice(Expiry expiry, long atMs, double spot) {
        double years = DayCount.years(atMs, expiry.epochMs());
        return new SviSlice(
                expiry.epochMs(),
                years,
                spot,
                1.0,
                SviSmile.flat(VOL * VOL * years),
                List.of(),
                0.0);
    }
}
