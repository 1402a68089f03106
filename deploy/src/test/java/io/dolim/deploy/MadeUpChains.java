package io.dolim.deploy;

import io.dolim.quoting.instrument.DayCount;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.pricing.Black76;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Recordings that nobody recorded: full chains of two coins with smooth smiles, in the replay's file format. */
final class MadeUpChains {

    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT);
    private static final List<String> EXPIRIES = List.of("2MAR26", "4MAR26", "13MAR26", "26JUN26");
    private static final int STRIKES = 6;

    private final Path folder;
    private final List<String> expiries;
    private final double noisePoints;

    /** @param noisePoints by which every second strike's volatility lies off the smile */
    MadeUpChains(Path folder, double noisePoints) {
        this(folder, EXPIRIES, noisePoints);
    }

    /** The same with these expiries. */
    MadeUpChains(Path folder, List<String> expiries, double noisePoints) {
        this.folder = folder;
        this.expiries = List.copyOf(expiries);
        this.noisePoints = noisePoints;
    }

    /** Writes a chain as of a moment. */
    void write(String at, double btcUsdc, double ethUsdc) throws IOException {
        Instant time = Instant.parse(at);
        String name = FILE_TIME.format(LocalDateTime.ofInstant(time, ZoneOffset.UTC)) + ".csv.gz";
        try (Writer out =
                new OutputStreamWriter(
                        new GZIPOutputStream(Files.newOutputStream(folder.resolve(name))),
                        StandardCharsets.UTF_8)) {
            out.write(
                    "timestamp,instrument_name,bid_price,ask_price,mark_price,futures_price,"
                            + "implied_volatility,delta,vega,open_interest,volume,index_price\n");
            for (String expiry : expiries) {
                rows(out, time, "BTC", expiry, btcUsdc, 2_500);
                rows(out, time, "ETH", expiry, ethUsdc, 100);
            }
        }
    }

    private void rows(Writer out, Instant time, String coin, String expiry, double index, int step)
            throws IOException {
        Expiry end = Expiry.parse(expiry);
        if (end.epochMs() <= time.toEpochMilli()) {
            return;
        }
        double years = DayCount.years(time.toEpochMilli(), end.epochMs());
        double forward = index * (1 + 0.04 * years);
        long middle = Math.round(index / step);
        for (long i = middle - STRIKES; i <= middle + STRIKES; i++) {
            double strike = i * step;
            double k = Math.log(strike / forward);
            double off = (i - middle) % 2 == 0 ? 0 : noisePoints / 100;
            double vol = 0.55 - 0.1 * k + 0.25 * k * k + off;
            for (OptionType type : OptionType.values()) {
                double coins = Black76.price(type, forward, strike, years, vol, 1.0) / forward;
                out.write(
                        String.format(
                                Locale.ROOT,
                                "%s,%s-%s-%d-%s,%.6f,%.6f,%.6f,%.2f,%.4f,0,0,0,0,%.2f%n",
                                time,
                                coin,
                                expiry,
                                i * step,
                                type == OptionType.CALL ? "C" : "P",
                                coins * 0.98,
                                coins * 1.02,
                                coins,
                                forward,
                                vol,
                                index));
            }
        }
    }
}
