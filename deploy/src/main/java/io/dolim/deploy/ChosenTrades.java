package io.dolim.deploy;

import io.dolim.book.trade.AccountId;
import io.dolim.quoting.instrument.OptionContract;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which trades are wanted. */
final class ChosenTrades {

    @Option(names = "--account", paramLabel = "A", description = "Only of this account.")
    private @Nullable String account;

    @Option(names = "--instrument", paramLabel = "I", description = "Only in this instrument.")
    private @Nullable String instrument;

    /** @throws IllegalArgumentException when it is no account's name */
    Optional<AccountId> account() {
        return Optional.ofNullable(account).map(AccountId::new);
    }

    /** @throws IllegalArgumentException when it is no option's name */
    Optional<String> instrument() {
        return Optional.ofNullable(instrument).map(OptionContract::parse).map(OptionContract::name);
    }
}
