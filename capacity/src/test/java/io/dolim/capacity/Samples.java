package io.dolim.capacity;

import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.scenario.ScenarioTable;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.FullRepricing;
import io.dolim.capacity.vector.InstrumentVectors;
import io.dolim.capacity.vector.VectorParameters;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** Scenarios, instruments and random books that the tests share. */
final class Samples {

    static final double CAPITAL = 10_000_000;
    static final ScenarioSet SCENARIOS = scenarios();
    static final FullRepricing PRICER = new FullRepricing(SCENARIOS, VectorParameters.STANDARD);
    static final List<InstrumentVectors> INSTRUMENTS =
            List.of(
                    instrument("BTC-65000-30d-C"),
                    instrument("BTC-58000-30d-P"),
                    instrument("BTC-65000-1d-C"),
                    instrument("BTC-65000-0.25d-C"),
                    instrument("BTC-80000-180d-C"),
                    instrument("BTC-50000-7d-P"),
                    instrument("ETH-2500-30d-P"),
                    instrument("ETH-3000-5d-C"));

    private Samples() {}

    static InstrumentVectors instrument(String name) {
        return FlatInstrument.parse(name).vectors(PRICER);
    }

    static BookVectors book(long lots, InstrumentVectors one) {
        return BookVectors.none(SCENARIOS).plus(one, lots);
    }

    /** Up to four positions of up to so many lots either way. */
    static BookVectors randomBook(SplittableRandom random, long mostLots) {
        BookVectors book = BookVectors.none(SCENARIOS);
        for (int i = random.nextInt(5); i > 0; i--) {
            InstrumentVectors one = INSTRUMENTS.get(random.nextInt(INSTRUMENTS.size()));
            book = book.plus(one, random.nextLong(-mostLots, mostLots + 1));
        }
        return book;
    }

    static Potential potential(int g, double[] backgroundUsdc) {
        return new Potential(SCENARIOS, CAPITAL, backgroundUsdc, new Potential.Terms(g, 0.25));
    }

    static double phi(Potential potential, BookVectors book) {
        return switch (potential.of(book)) {
            case Potential.Valued valued -> valued.phi();
            case Potential.Barred barred -> throw new AssertionError(barred.toString());
        };
    }

    static String resource(String name) {
        try (InputStream stream = Samples.class.getResourceAsStream("/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("no test resource " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static ScenarioSet scenarios() {
        try {
            return ScenarioTable.read(
                    "charge-scenarios", new StringReader(resource("charge-scenarios.csv")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
