package io.dolim.api.feed;

import io.dolim.quoting.instrument.OptionContract;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedSet;

/** What Deribit says, as far as this feed listens. Units are ours: USDC, decimals, milliseconds. */
sealed interface DeribitMessage {

    /** {@code deribit_price_index.*}; NaN where the number is missing. */
    record IndexPrice(String indexName, double priceUsdc, long timeMs) implements DeribitMessage {}

    /** {@code ticker.*-PERPETUAL.*}. */
    record PerpetualMark(String instrument, double markUsdc, long timeMs)
            implements DeribitMessage {}

    /** {@code markprice.options.*}. */
    record MarkVols(List<MarkVol> rows) implements DeribitMessage {}

    /** @param vol annual, decimal */
    record MarkVol(OptionContract contract, double vol, long timeMs) {}

    /** Answer of {@code public/get_book_summary_by_currency}. */
    record Summaries(List<Summary> rows) implements DeribitMessage {}

    /**
     * @param forwardUsdc price of the future it is priced on
     * @param markVol annual, decimal; Deribit shows it in percent
     */
    record Summary(
            OptionContract contract,
            OptionalDouble bidUsdc,
            OptionalDouble askUsdc,
            double forwardUsdc,
            double markVol,
            long timeMs) {}

    /** Answer of {@code public/get_instruments}: active linear options. */
    record Instruments(SortedSet<OptionContract> contracts) implements DeribitMessage {}

    /** {@code instrument.state.*}: something was listed or ended. */
    record InstrumentChanged() implements DeribitMessage {}

    /** Answer of {@code public/status}: all, or these indices, are locked. */
    record Status(boolean allLocked, SortedSet<String> lockedIndices) implements DeribitMessage {}

    /** {@code platform_state} of one index. */
    record IndexLocked(String indexName, boolean locked) implements DeribitMessage {}

    /** {@code platform_state} of the whole venue. */
    record Maintenance(boolean on) implements DeribitMessage {}

    /** The venue asks whether we live; {@code public/test} answers. */
    record TestRequest() implements DeribitMessage {}

    /** Channels that the venue granted. */
    record Subscribed(SortedSet<String> channels) implements DeribitMessage {}

    /** The venue refused a request. */
    record Failed(long id, String error) implements DeribitMessage {}

    /** Well formed, and nothing to us. */
    record Other() implements DeribitMessage {}
}
