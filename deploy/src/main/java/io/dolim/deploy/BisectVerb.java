package io.dolim.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.book.history.Bisection;
import io.dolim.book.history.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds the event that made something true. */
@Command(
        name = "bisect",
        mixinStandardHelpOptions = true,
        description = {
            "Finds the first event after which a condition holds, and prints it with the pool then.",
            "Exit code 0: found, 1: it never holds, 2: no such path."
        })
final class BisectVerb implements Callable<Integer> {

    @Mixin private StateOptions state = new StateOptions();

    @Option(
            names = "--when",
            required = true,
            paramLabel = "EXPRESSION",
            description =
                    "Comparisons with and/or over the paths of 'state show --format json', as in"
                            + " 'market.BTC.spot < 50000 and mode == OPEN'.")
    private String when = "";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Bisection bisection = new Bisection(Condition.parse(when));
        List<ObjectNode> found = new ArrayList<>();
        try (Progress progress = state.progress(spec.commandLine().getErr(), "looking")) {
            state.journal()
                    .read(
                            progress,
                            written -> {
                                bisection
                                        .next(written)
                                        .ifPresent(
                                                tree -> {
                                                    found.add(event(written, tree));
                                                    throw new JournalTool.Enough();
                                                });
                            });
        }
        if (!found.isEmpty()) {
            state.rows(spec.commandLine().getOut()).print(found.getFirst());
            return 0;
        }
        if (!bisection.unknown().isEmpty()) {
            throw new IllegalArgumentException("path=" + bisection.unknown() + " is in no state");
        }
        spec.commandLine().getErr().println("dolim: it never holds");
        return 1;
    }

    private static ObjectNode event(io.dolim.book.history.Written written, ObjectNode tree) {
        ObjectNode row =
                Rows.object()
                        .put("order", written.order())
                        .put("writer", written.persistenceId())
                        .put("sequence", written.sequence())
                        .put("time_ms", written.epochMs())
                        .put("event", written.event().getClass().getSimpleName());
        if (written.event() instanceof io.dolim.book.BookEvent.TradeExecuted trade) {
            row.put("trade", trade.trade().id().toString());
        }
        row.set("state", tree);
        return row;
    }
}
