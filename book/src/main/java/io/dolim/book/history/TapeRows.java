package io.dolim.book.history;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.book.tape.Taped;
import io.dolim.book.tape.TapedBatch;
import io.dolim.quoting.instrument.Expiry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The batches of a tape as rows: what each source said, what the guard held, what was fitted. */
public final class TapeRows {

    private TapeRows() {}

    /** The rows of an event; none when it is not of a tape. */
    public static List<ObjectNode> of(Written written) {
        if (!(written.event() instanceof Taped taped)) {
            return List.of();
        }
        TapedBatch batch = taped.batch();
        List<ObjectNode> rows = new ArrayList<>();
        if (batch.dropped() > 0) {
            rows.add(row(written, batch.epochMs(), "dropped").put("count", batch.dropped()));
        }
        for (TapedBatch.IndexPrice tick : batch.index()) {
            rows.add(
                    row(written, tick.epochMs(), "index")
                            .put("source", tick.source())
                            .put("price", tick.priceUsdc())
                            .put("consensus", tick.consensusUsdc()));
        }
        for (TapedBatch.FuturePrice future : batch.futures()) {
            String what = future.expiry().map(Expiry::toString).orElse("perpetual");
            rows.add(
                    row(written, batch.epochMs(), what)
                            .put("source", future.source())
                            .put("price", future.priceUsdc()));
        }
        batch.atmVols()
                .forEach(
                        (expiry, vol) ->
                                rows.add(
                                        row(written, batch.epochMs(), "vol " + expiry)
                                                .put("price", vol)));
        for (TapedBatch.Withheld held : batch.held()) {
            ObjectNode row =
                    row(written, batch.epochMs(), "held " + word(held.kind().name()))
                            .put("source", held.source());
            held.lastUsdc().ifPresent(price -> row.put("price", Double.toString(price)));
            rows.add(row.put("count", held.count()).put("rule", word(held.rule().name())));
        }
        return rows;
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static ObjectNode row(Written written, long timeMs, String what) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("order", written.order())
                .put("sequence", written.sequence())
                .put("time_ms", timeMs)
                .put("what", what);
    }
}
