package io.dolim.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.book.history.Place;
import io.dolim.book.history.Replayed;
import io.dolim.book.history.StateTree;
import io.dolim.book.history.StoredStates;
import io.dolim.book.history.Stretch;
import io.dolim.book.history.Written;
import io.dolim.quoting.quote.QuoteLines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prices the trades of a journal again, as they were or under other settings. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Folds a journal, compares every state that is stored with the one that the events make,",
            "and prices every trade again from its recorded inputs.",
            "Prints the trades that come out differently, and what all come to. With --set the",
            "counterfactual: what would have been quoted, refused and earned.",
            "Exit code 0: no difference (with --set: computed), 1: differences."
        })
final class ReplayVerb implements Callable<Integer> {

    @Mixin private StateOptions state = new StateOptions();

    @Option(
            names = "--from",
            paramLabel = "ORDER|TIME|TRADE",
            description = "First trade that is priced again; the first of all.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "ORDER|TIME|CUT|TRADE",
            description = "Last event that is read; the last of all.")
    private @Nullable String to;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "A setting by its path, as in dolim.quoting.fee.notional-share=0.0005. May be"
                            + " repeated.")
    private Map<String, String> changes = new LinkedHashMap<>();

    @Option(
            names = "--compare",
            description =
                    "Also prints the trades that come out the same, and exits 1 on differences.")
    private boolean compare;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Stretch stretch =
                new Stretch(
                        Optional.ofNullable(from).map(Place::parse),
                        Optional.ofNullable(to).map(Place::parse));
        Replayed replay = new Replayed(changes);
        List<ObjectNode> rows = new ArrayList<>();
        List<ObjectNode> states = new ArrayList<>();
        StoredStates stored;
        try (Progress progress = state.progress(spec.commandLine().getErr(), "pricing again")) {
            stored = state.journal().states(progress);
            state.journal()
                    .read(
                            progress,
                            written -> {
                                Stretch.Part part = stretch.next(written);
                                if (part == Stretch.Part.BEFORE || part == Stretch.Part.WITHIN) {
                                    replay.next(written, part == Stretch.Part.WITHIN)
                                            .flatMap(outcome -> row(written, outcome))
                                            .ifPresent(rows::add);
                                    stored.next(written, replay.past())
                                            .map(one -> state(written, one))
                                            .ifPresent(states::add);
                                }
                                if (stretch.ended()) {
                                    throw new JournalTool.Enough();
                                }
                            });
        }
        stretch.requireFound();
        ObjectNode summary = summary(replay);
        summary.put("states_compared", stored.compared())
                .put("states_different", states.size())
                .put("state", states.isEmpty() ? "bit-equal" : "different");
        rows.addAll(states);
        if (state.format() == OutputFormat.json) {
            summary.putArray("differences").addAll(rows);
            state.rows(spec.commandLine().getOut()).print(summary);
        } else {
            state.rows(spec.commandLine().getOut()).print(rows);
            new Rows(OutputFormat.table, spec.commandLine().getErr()).print(summary);
        }
        Replayed.Totals totals = replay.totals();
        boolean differs = totals.different() + totals.refused() + totals.unpriced() > 0;
        return !states.isEmpty() || (differs && (changes.isEmpty() || compare)) ? 1 : 0;
    }

    private static ObjectNode state(Written written, StoredStates.Difference one) {
        return Rows.object()
                .put("order", written.order())
                .put("outcome", "state different")
                .put(
                        "rule",
                        one.writer()
                                + "/"
                                + one.sequence()
                                + " is stored as "
                                + one.stored()
                                + " and folded to "
                                + one.folded());
    }

    private Optional<ObjectNode> row(Written written, Replayed.Outcome outcome) {
        ObjectNode row =
                Rows.object()
                        .put("trade", outcome.trade().id().toString())
                        .put("order", written.order())
                        .put("account", outcome.trade().account().toString())
                        .put("price", outcome.trade().price().toDecimal());
        return switch (outcome) {
            case Replayed.Same _ ->
                    compare ? Optional.of(row.put("outcome", "same")) : Optional.empty();
            case Replayed.Different different -> {
                row.put("outcome", "different")
                        .put("price_then", different.lines().total().toDecimal())
                        .put("more", different.more().toDecimal())
                        .put("lines", lines(outcome.trade().lines(), different.lines()));
                yield Optional.of(row);
            }
            case Replayed.Refused refused ->
                    Optional.of(
                            row.put("outcome", "refused")
                                    .put("rule", refused.rule())
                                    .put("numbers", refused.numbers().toString()));
            case Replayed.Unpriced unpriced ->
                    Optional.of(row.put("outcome", "unpriced").put("rule", unpriced.why()));
        };
    }

    private static String lines(QuoteLines was, QuoteLines then) {
        List<String> changed = new ArrayList<>();
        changed(changed, "mark", was.mark(), then.mark());
        changed(changed, "spread", was.spread(), then.spread());
        changed(changed, "hedge_cost", was.hedgeCost(), then.hedgeCost());
        changed(changed, "capital_charge", was.capitalCharge(), then.capitalCharge());
        changed(changed, "fee", was.fee(), then.fee());
        changed(changed, "tick", was.tick(), then.tick());
        return String.join(" ", changed);
    }

    private static void changed(
            List<String> to,
            String name,
            io.dolim.quoting.money.Usdc was,
            io.dolim.quoting.money.Usdc then) {
        if (!was.equals(then)) {
            to.add(name + ":" + was + "->" + then);
        }
    }

    private ObjectNode summary(Replayed replay) {
        Replayed.Totals totals = replay.totals();
        ObjectNode row =
                Rows.object()
                        .put("trades", totals.trades())
                        .put("different", totals.different())
                        .put("refused", totals.refused())
                        .put("unpriced", totals.unpriced())
                        .put("premiums", totals.premiums().toDecimal())
                        .put("fees", totals.fees().toDecimal())
                        .put("capital_charges", totals.charges().toDecimal())
                        .put("state_hash", replay.past().state().stateHash())
                        .put("cash_imbalance", replay.past().replay().cashImbalance().toDecimal());
        if (!changes.isEmpty()) {
            row.put("premiums_then", totals.premiumsThen().toDecimal())
                    .put("fees_then", totals.feesThen().toDecimal())
                    .put("capital_charges_then", totals.chargesThen().toDecimal());
            replay.standing()
                    .ifPresent(
                            standing -> {
                                row.set("capital", StateTree.measures(standing.was()));
                                row.set("capital_then", StateTree.measures(standing.then()));
                            });
        }
        return row;
    }
}
