package io.dolim.deploy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.book.history.Calibration;
import io.dolim.book.history.Place;
import io.dolim.book.history.Stretch;
import io.dolim.capacity.backtest.Coverage;
import io.dolim.capacity.backtest.ShortfallCoverage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a journal says of the settings that price inventory. */
@Command(
        name = "calibrate",
        mixinStandardHelpOptions = true,
        description = {
            "Reads a journal for those who set the price of inventory: what trades earned after a while, in",
            "tenths from the cheapest capacity charge to the dearest (risk aversion g, rent rho); how long it",
            "took until half of the inventory was traded away again (holding time tau); whether losses of a",
            "day stayed within the expected shortfall (scenarios). Gains are the pool's, in USDC, without",
            "fees, on markets that later trades recorded; 'hedged' with each package's delta hedged at once."
        })
final class CalibrateVerb implements Callable<Integer> {

    private static final int LIVES = 10_000;
    private static final MathContext DIGITS = new MathContext(6);

    @Mixin private StateOptions state = new StateOptions();

    @Option(
            names = "--after",
            paramLabel = "DURATION",
            defaultValue = "PT1H",
            description =
                    "How long after a trade it is valued, as PT1H or PT30M; ${DEFAULT-VALUE}.")
    private Duration after = Duration.ofHours(1);

    @Option(
            names = "--horizon",
            paramLabel = "DURATION",
            defaultValue = "P1D",
            description =
                    "Over which losses are held against the shortfall; ${DEFAULT-VALUE}, as in the scenarios.")
    private Duration horizon = Duration.ofDays(1);

    @Option(
            names = "--from",
            paramLabel = "ORDER|TIME|TRADE",
            description = "First event that counts; the first of all.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "ORDER|TIME|CUT|TRADE",
            description = "Last event that is read; the last of all.")
    private @Nullable String to;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        requireWithin("--after", after);
        requireWithin("--horizon", horizon);
        Stretch stretch =
                new Stretch(
                        Optional.ofNullable(from).map(Place::parse),
                        Optional.ofNullable(to).map(Place::parse));
        Calibration calibration = new Calibration(after.toMillis(), horizon.toMillis());
        try (Progress progress = state.progress(spec.commandLine().getErr(), "reading")) {
            state.journal()
                    .read(
                            progress,
                            written -> {
                                Stretch.Part part = stretch.next(written);
                                if (part == Stretch.Part.BEFORE || part == Stretch.Part.WITHIN) {
                                    calibration.next(written, part == Stretch.Part.WITHIN);
                                }
                                if (stretch.ended()) {
                                    throw new JournalTool.Enough();
                                }
                            });
        }
        stretch.requireFound();
        print(calibration.report());
        return 0;
    }

    private static void requireWithin(String name, Duration value) {
        if (value.toMillis() < 1 || value.toDays() > 365) {
            throw new IllegalArgumentException(
                    name + "=" + value + " must be above 0 and at most 365 days");
        }
    }

    private void print(Calibration.Report report) throws Exception {
        List<ObjectNode> deciles = report.deciles().stream().map(CalibrateVerb::row).toList();
        List<ObjectNode> inventory = new ArrayList<>();
        report.inventory()
                .forEach(
                        (underlying, life) ->
                                inventory.add(
                                        number(
                                                number(
                                                        Rows.object()
                                                                .put(
                                                                        "underlying",
                                                                        underlying.code()),
                                                        "coins",
                                                        life.coins()),
                                                "half_life_days",
                                                life.halfLifeDays())));
        ObjectNode whole = whole(report);
        if (state.format() == OutputFormat.json) {
            ArrayNode byDecile = whole.putArray("deciles");
            deciles.forEach(byDecile::add);
            ArrayNode byUnderlying = whole.putArray("inventory");
            inventory.forEach(byUnderlying::add);
            state.rows(spec.commandLine().getOut()).print(whole);
            return;
        }
        state.rows(spec.commandLine().getOut()).print(deciles);
        Rows beside = new Rows(OutputFormat.table, spec.commandLine().getErr());
        beside.print(inventory);
        beside.print(whole);
    }

    private static ObjectNode row(Calibration.Decile decile) {
        ObjectNode row =
                Rows.object().put("decile", decile.decile()).put("trades", decile.trades());
        number(row, "most_bp", decile.mostBp());
        number(row, "notional", decile.notionalUsdc());
        number(row, "charge", decile.chargeUsdc());
        number(row, "spread", decile.spreadUsdc());
        number(row, "gain", decile.gainUsdc());
        number(row, "hedged", decile.hedgedUsdc());
        return number(row, "hedged_bp", 1e4 * decile.hedgedUsdc() / decile.notionalUsdc());
    }

    private static ObjectNode whole(Calibration.Report report) {
        ObjectNode whole =
                Rows.object()
                        .put("trades", report.trades())
                        .put("expired", report.expired())
                        .put("unvalued", report.unvalued())
                        .put("unpriced", report.unpriced())
                        .put("forecasts", report.forecasts().size());
        if (report.forecasts().size() < 2) {
            return whole.put("coverage", "fewer than two horizons of forecasts");
        }
        Coverage coverage = Coverage.of(report.forecasts(), report.level());
        ShortfallCoverage shortfall =
                ShortfallCoverage.of(report.forecasts(), report.level(), LIVES, 1);
        whole.put("beyond_var", coverage.exceptions());
        number(whole, "expected", coverage.expected());
        number(whole, "kupiec_p", coverage.unconditional());
        number(whole, "christoffersen_p", coverage.conditional());
        number(whole, "acerbi_szekely_z", shortfall.statistic());
        return number(whole, "acerbi_szekely_p", shortfall.pValue());
    }

    private static ObjectNode number(ObjectNode row, String name, double value) {
        return Double.isNaN(value)
                ? row.putNull(name)
                : row.put(name, new BigDecimal(value).round(DIGITS));
    }
}
