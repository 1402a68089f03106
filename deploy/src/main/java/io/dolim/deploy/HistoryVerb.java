package io.dolim.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.keys.KeyEvent;
import io.dolim.api.keys.KeyLedger;
import io.dolim.book.Tags;
import io.dolim.book.history.Orders;
import io.dolim.book.history.Rulings;
import io.dolim.book.history.Statements;
import io.dolim.book.history.Written;
import io.dolim.book.trade.AccountId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trades, orders, statements, what guards and operators decided, and what was done to keys, found in the journal by tag. */
@Command(
        name = "history",
        subcommands = {CandlesVerb.class, TapeVerb.class},
        mixinStandardHelpOptions = true,
        description =
                "Trades, orders, statements of accounts, what the guards decided and who changed the"
                        + " rules, found in the journal by tag.")
final class HistoryVerb {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "trades",
            mixinStandardHelpOptions = true,
            description = "All trades with their order ids and lines, oldest first.")
    int trades(@Mixin StateOptions state, @Mixin ChosenTrades chosen) throws Exception {
        List<ObjectNode> rows = new ArrayList<>();
        read(
                state,
                List.of(Orders.tradesTag(chosen.account(), chosen.instrument())),
                written ->
                        Statements.trade(written, chosen.account(), chosen.instrument())
                                .ifPresent(rows::add));
        state.rows(spec.commandLine().getOut()).print(rows);
        return 0;
    }

    @Command(
            name = "guard",
            mixinStandardHelpOptions = true,
            description = "What the guards decided, with the tick that caused it, oldest first.")
    int guard(
            @Mixin StateOptions state,
            @Option(names = "--underlying", paramLabel = "U", description = "Only of this one.")
                    @Nullable String underlying)
            throws Exception {
        List<ObjectNode> rows = new ArrayList<>();
        read(
                state,
                Statements.GUARD_TAGS,
                written ->
                        Statements.guard(written, Optional.ofNullable(underlying))
                                .ifPresent(rows::add));
        rows.sort(Comparator.comparingLong(row -> row.path("order").asLong()));
        state.rows(spec.commandLine().getOut()).print(rows);
        return 0;
    }

    @Command(
            name = "keys",
            mixinStandardHelpOptions = true,
            description =
                    "What was done to API keys, by whom and why, oldest first; never a secret.")
    int keys(@Mixin StateOptions state) throws Exception {
        List<ObjectNode> rows = new ArrayList<>();
        read(
                state,
                List.of(KeyLedger.TAG),
                written -> {
                    if (written.event() instanceof KeyEvent event) {
                        rows.add(KeyRows.row(written.order(), event));
                    }
                });
        state.rows(spec.commandLine().getOut()).print(rows);
        return 0;
    }

    @Command(
            name = "rules",
            mixinStandardHelpOptions = true,
            description = {
                "Who changed what the pool acts by, from what to what, oldest first: settings, limits,",
                "allocation, scenario set, mode, protection."
            })
    int rules(
            @Mixin StateOptions state,
            @Option(
                            names = "--path",
                            paramLabel = "P",
                            description = "Only settings and limits whose name contains this.")
                    @Nullable String path)
            throws Exception {
        List<ObjectNode> rows = new ArrayList<>();
        read(
                state,
                Rulings.TAGS,
                written -> rows.addAll(Rulings.rows(written, Optional.ofNullable(path))));
        rows.sort(Comparator.comparingLong(row -> row.path("order").asLong()));
        state.rows(spec.commandLine().getOut()).print(rows);
        return 0;
    }

    @Command(
            name = "orders",
            mixinStandardHelpOptions = true,
            description = {
                "All orders that were accepted, oldest first, with what became of them: the trade, and",
                "what was adjusted since. An order that is refused is not written down."
            })
    int orders(@Mixin StateOptions state, @Mixin ChosenTrades chosen) throws Exception {
        Orders orders = new Orders(chosen.account(), chosen.instrument());
        read(state, orders.tags(), orders::next);
        state.rows(spec.commandLine().getOut()).print(orders.rows());
        return 0;
    }

    @Command(
            name = "statement",
            mixinStandardHelpOptions = true,
            description =
                    "Every movement of an account's cash and lots, with the balance after it.")
    int statement(
            @Mixin StateOptions state,
            @Option(names = "--account", required = true, paramLabel = "A", description = "Whose.")
                    String account)
            throws Exception {
        AccountId of = new AccountId(account);
        Statements statement = new Statements(of);
        List<ObjectNode> rows = new ArrayList<>();
        read(state, List.of(Tags.account(of)), written -> rows.addAll(statement.lines(written)));
        state.rows(spec.commandLine().getOut()).print(rows);
        return 0;
    }

    private void read(StateOptions state, List<String> tags, Consumer<Written> to)
            throws IOException, JournalRefused {
        try (Progress progress = state.progress(spec.commandLine().getErr(), "reading")) {
            for (String tag : tags) {
                state.journal().read(tag, progress, to);
            }
        }
    }
}
