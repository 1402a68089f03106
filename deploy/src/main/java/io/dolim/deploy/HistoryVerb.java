package io.dolim.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.book.history.Statements;
import io.dolim.book.trade.AccountId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trades, statements, and what the guards decided, read from the journal. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description =
                "Trades by order, statements of accounts, and what the guards decided, read from"
                        + " the journal.")
final class HistoryVerb {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "trades",
            mixinStandardHelpOptions = true,
            description = "All trades with their order ids and lines, oldest first.")
    int trades(
            @Mixin StateOptions state,
            @Option(names = "--account", paramLabel = "A", description = "Only of this account.")
                    @Nullable String account,
            @Option(
                            names = "--instrument",
                            paramLabel = "I",
                            description = "Only in this instrument.")
                    @Nullable String instrument)
            throws Exception {
        Optional<AccountId> of = Optional.ofNullable(account).map(AccountId::new);
        List<ObjectNode> rows = new ArrayList<>();
        try (Progress progress = state.progress(spec.commandLine().getErr(), "reading")) {
            state.journal()
                    .read(
                            progress,
                            written ->
                                    Statements.trade(written, of, Optional.ofNullable(instrument))
                                            .ifPresent(rows::add));
        }
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
        state.journal()
                .read(
                        written ->
                                Statements.guard(written, Optional.ofNullable(underlying))
                                        .ifPresent(rows::add));
        state.rows(spec.commandLine().getOut()).print(rows);
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
        Statements statement = new Statements(new AccountId(account));
        List<ObjectNode> rows = new ArrayList<>();
        try (Progress progress = state.progress(spec.commandLine().getErr(), "reading")) {
            state.journal().read(progress, written -> rows.addAll(statement.lines(written)));
        }
        state.rows(spec.commandLine().getOut()).print(rows);
        return 0;
    }
}
