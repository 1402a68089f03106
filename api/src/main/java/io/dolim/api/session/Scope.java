package io.dolim.api.session;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a key may do, in Deribit's words where it has any. */
public enum Scope {
    ACCOUNT_READ("account:read"),
    ACCOUNT_READ_WRITE("account:read_write"),
    TRADE_READ("trade:read"),
    TRADE_READ_WRITE("trade:read_write"),
    WALLET_READ("wallet:read"),
    WALLET_READ_WRITE("wallet:read_write"),
    KEEPER("keeper"),
    OPERATOR("operator");

    private final String wire;

    Scope(String wire) {
        this.wire = wire;
    }

    /** The word on the wire, as in {@code trade:read_write}. */
    public String wire() {
        return wire;
    }

    /** The scope of that word, if it is one. */
    public static Optional<Scope> parse(String word) {
        return Arrays.stream(values()).filter(scope -> scope.wire.equals(word)).findFirst();
    }

    /** Whether these grants cover this need: writing covers reading of the same area, nothing else covers anything. */
    public boolean grantedBy(Set<Scope> granted) {
        return granted.contains(this)
                || switch (this) {
                    case ACCOUNT_READ -> granted.contains(ACCOUNT_READ_WRITE);
                    case TRADE_READ -> granted.contains(TRADE_READ_WRITE);
                    case WALLET_READ -> granted.contains(WALLET_READ_WRITE);
                    case ACCOUNT_READ_WRITE,
                            TRADE_READ_WRITE,
                            WALLET_READ_WRITE,
                            KEEPER,
                            OPERATOR ->
                            false;
                };
    }

    /** The scopes asked for that are also granted; asking for less than one has is how a token is narrowed. */
    static Set<Scope> narrowed(Set<Scope> granted, Set<Scope> asked) {
        EnumSet<Scope> narrowed = EnumSet.noneOf(Scope.class);
        asked.stream().filter(scope -> scope.grantedBy(granted)).forEach(narrowed::add);
        return Set.copyOf(narrowed);
    }
}
