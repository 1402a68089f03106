package io.dolim.book;

import io.dolim.capacity.FrozenHedges;
import io.dolim.capacity.HedgeReport;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The hedges of a frozen view as lines of {@code frozen.3}: {@code hedge_add_on}, and of each underlying
 * X that is hedged {@code hedge.X} = incarnation, sequence, cash, band and {@code hedge_at.X.venue} =
 * coins, cost, posted, initial margin, maintenance margin, standing; the parts with a space between them,
 * amounts in decimals, doubles in hexadecimal.
 */
public final class RecordedHedges {

    private static final String ADD_ON = "hedge_add_on";
    private static final String OF = "hedge.";
    private static final String AT = "hedge_at.";

    private RecordedHedges() {}

    /** Writes them; nothing where nothing hedges. */
    static void write(FrozenHedges hedges, BiConsumer<String, String> line) {
        if (hedges.reports().isEmpty()) {
            return;
        }
        line.accept(ADD_ON, Double.toHexString(hedges.addOnUsdc()));
        hedges.reports()
                .forEach(
                        (underlying, report) -> {
                            line.accept(
                                    OF + underlying,
                                    report.hedgerIncarnation()
                                            + " "
                                            + report.sequence()
                                            + " "
                                            + plain(report.cash())
                                            + " "
                                            + Double.toHexString(report.bandCoins()));
                            report.byVenue()
                                    .forEach(
                                            (venue, at) ->
                                                    line.accept(
                                                            AT + underlying + "." + venue,
                                                            words(at)));
                        });
    }

    private static String words(HedgeReport.AtVenue at) {
        return String.join(
                " ",
                at.coins().toPlainString(),
                plain(at.costUsdc()),
                plain(at.postedUsdc()),
                Double.toHexString(at.initialMargin()),
                Double.toHexString(at.maintenanceMargin()),
                Boolean.toString(at.standing()));
    }

    private static String plain(Usdc amount) {
        return amount.toDecimal().toPlainString();
    }

    /**
     * Reads them from the lines of a view by key.
     *
     * @throws IllegalArgumentException when a line is not what was written
     */
    public static FrozenHedges read(SortedMap<String, String> lines) {
        if (!lines.containsKey(ADD_ON)) {
            return FrozenHedges.NONE;
        }
        SortedMap<Underlying, HedgeReport> reports = new TreeMap<>();
        lines.forEach(
                (key, value) -> {
                    if (key.startsWith(OF)) {
                        Underlying underlying = new Underlying(key.substring(OF.length()));
                        reports.put(underlying, report(underlying, value, lines));
                    }
                });
        return new FrozenHedges(reports, Double.parseDouble(lines.getOrDefault(ADD_ON, "")));
    }

    private static HedgeReport report(
            Underlying underlying, String value, SortedMap<String, String> lines) {
        List<String> words = words(value, 4);
        String prefix = AT + underlying + ".";
        SortedMap<String, HedgeReport.AtVenue> byVenue = new TreeMap<>();
        lines.forEach(
                (key, line) -> {
                    if (key.startsWith(prefix)) {
                        byVenue.put(key.substring(prefix.length()), at(line));
                    }
                });
        return new HedgeReport(
                underlying,
                Long.parseLong(words.get(0)),
                Long.parseLong(words.get(1)),
                usdc(words.get(2)),
                Double.parseDouble(words.get(3)),
                byVenue);
    }

    private static HedgeReport.AtVenue at(String line) {
        List<String> words = words(line, 6);
        return new HedgeReport.AtVenue(
                new BigDecimal(words.get(0)),
                usdc(words.get(1)),
                usdc(words.get(2)),
                Double.parseDouble(words.get(3)),
                Double.parseDouble(words.get(4)),
                Boolean.parseBoolean(words.get(5)));
    }

    private static List<String> words(String line, int count) {
        List<String> words = List.of(line.split(" "));
        if (words.size() != count) {
            throw new IllegalArgumentException("hedge=" + line + " must have " + count + " words");
        }
        return words;
    }

    private static Usdc usdc(String amount) {
        return Usdc.of(new BigDecimal(amount));
    }
}
