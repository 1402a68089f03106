package io.dolim.quoting.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FeedEventTest {

    private static final Underlying BTC = new Underlying("BTC");
    private static final FeedSource DERIBIT = FeedSource.real("deribit");
    private static final OptionQuote QUOTE =
            new OptionQuote(
                    new BigDecimal(90_000),
                    OptionType.CALL,
                    90_000,
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    0.5);

    @Test
    void aMadeUpSourceSaysSo() {
        assertEquals("bridge(synthetic)", FeedSource.synthetic("bridge").toString());
        assertEquals("deribit", DERIBIT.toString());
    }

    @Test
    void aSourceWithAnOddNameIsRefused() {
        for (String name : List.of("", "Deribit", "a b", "x".repeat(41), "-x", "a\n")) {
            assertThrows(IllegalArgumentException.class, () -> FeedSource.real(name), name);
        }
    }

    @Test
    void anEventKeepsItsOwnCopyOfWhatItWasGiven() {
        TreeSet<OptionContract> contracts = new TreeSet<>();
        contracts.add(OptionContract.parse("BTC_USDC-27MAR26-90000-C"));
        var listed = new FeedEvent.InstrumentsListed(BTC, DERIBIT, 1, contracts);
        List<OptionQuote> quotes = new ArrayList<>();
        var chain =
                new FeedEvent.ChainQuotes(BTC, DERIBIT, 1, Expiry.parse("27MAR26"), 90_000, quotes);
        contracts.clear();
        quotes.add(QUOTE);

        assertEquals(1, listed.contracts().size());
        assertEquals(List.of(), chain.quotes());
        assertThrows(UnsupportedOperationException.class, () -> listed.contracts().clear());
    }

    @Test
    void aStoppedMarketNamesAReason() {
        assertThrows(IllegalArgumentException.class, () -> new GuardStatus.Stopped(List.of()));
    }
}
