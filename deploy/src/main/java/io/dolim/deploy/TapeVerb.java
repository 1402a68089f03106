package io.dolim.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.book.BookEvent;
import io.dolim.book.history.TapeRows;
import io.dolim.book.history.Written;
import io.dolim.quoting.instrument.Underlying;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a market heard, and what its guard held. */
@Command(
        name = "tape",
        mixinStandardHelpOptions = true,
        description = "What a market heard, source by source, and what its guard held.")
final class TapeVerb implements Callable<Integer> {

    private static final long BEFORE_MS = 30_000;
    private static final long AFTER_MS = 10_000;

    @Mixin private StateOptions state = new StateOptions();
    @Mixin private TimeOptions times = new TimeOptions();

    @Option(names = "--index", required = true, paramLabel = "COIN", description = "As in BTC.")
    private String coin = "";

    @Option(
            names = "--around",
            paramLabel = "TRADE",
            description = "Half a minute before a trade and ten seconds after it.")
    private @Nullable String trade;

    @Spec private CommandSpec spec = CommandSpec.create();

    private OptionalLong around = OptionalLong.empty();

    @Override
    public Integer call() throws Exception {
        List<ObjectNode> rows = new ArrayList<>();
        try (Progress progress = state.progress(spec.commandLine().getErr(), "reading")) {
            if (trade != null) {
                state.journal().read("kind:trade-executed", progress, this::noteTrade);
            }
            state.journal()
                    .read(
                            "underlying:" + new Underlying(coin),
                            progress,
                            written -> rows.addAll(TapeRows.of(written)));
        }
        if (around.isEmpty() && trade != null) {
            throw new IllegalArgumentException("trade=" + trade + " is not in the journal");
        }
        rows.removeIf(row -> !isAskedFor(row.path("time_ms").asLong()));
        state.rows(spec.commandLine().getOut()).print(rows);
        return 0;
    }

    private void noteTrade(Written written) {
        if (written.event() instanceof BookEvent.TradeExecuted executed
                && executed.trade().id().toString().equals(trade)) {
            around = OptionalLong.of(executed.trade().epochMs());
        }
    }

    private boolean isAskedFor(long timeMs) {
        boolean near =
                around.isEmpty()
                        || (timeMs >= around.getAsLong() - BEFORE_MS
                                && timeMs <= around.getAsLong() + AFTER_MS);
        return near && timeMs >= times.fromMs() && timeMs < times.untilMs();
    }
}
