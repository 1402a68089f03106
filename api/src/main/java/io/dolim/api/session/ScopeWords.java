package io.dolim.api.session;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Deribit's parameter {@code scope} asks for: words with blanks between them.
 *
 * @param wanted scopes by name; empty asks for all that the key has
 * @param without areas of which nothing is wanted, as in {@code trade:none}
 * @param life how long the access token is to live at most, {@code expires:SECONDS}
 * @param outlives whether the tokens are to outlive their connection, {@code session:NAME}
 */
public record ScopeWords(
        Set<Scope> wanted, Set<String> without, Optional<Duration> life, boolean outlives) {

    /** What a word must be, said to whom one of his is not. */
    public static final String RULE =
            "must name scopes as in trade:read, trade:none, keeper, operator, connection, session:NAME, expires:SECONDS;"
                    + " ip:ADDRESS is not supported";

    /** Nothing asked: all that the key has, as long as the connection. */
    public static final ScopeWords NONE =
            new ScopeWords(Set.of(), Set.of(), Optional.empty(), false);

    private static final Pattern AREA_NONE = Pattern.compile("(account|trade|wallet):none");

    private static final Pattern EXPIRES = Pattern.compile("expires:([1-9][0-9]{0,8})");

    private static final Pattern SESSION = Pattern.compile("session:[A-Za-z0-9_.-]{1,64}");

    /** Words of Deribit's that grant nothing here. */
    private static final Pattern IDLE =
            Pattern.compile(
                    "connection|mainaccount|(block_trade|block_rfq|custody):(read|read_write|none)");

    /** Copies the sets. */
    public ScopeWords {
        wanted = Set.copyOf(wanted);
        without = Set.copyOf(without);
    }

    /** Reads the words; nothing where one of them is none. */
    public static Optional<ScopeWords> parse(String text) {
        Set<Scope> wanted = EnumSet.noneOf(Scope.class);
        Set<String> without = new TreeSet<>();
        Optional<Duration> life = Optional.empty();
        boolean outlives = false;
        for (String word : text.trim().split("\\s+", -1)) {
            Optional<Scope> scope = Scope.parse(word);
            Matcher none = AREA_NONE.matcher(word);
            Matcher expires = EXPIRES.matcher(word);
            if (scope.isPresent()) {
                wanted.add(scope.get());
            } else if (none.matches()) {
                without.add(none.group(1) + ":");
            } else if (expires.matches()) {
                life = Optional.of(Duration.ofSeconds(Long.parseLong(expires.group(1))));
            } else if (SESSION.matcher(word).matches()) {
                outlives = true;
            } else if (!word.isEmpty() && !IDLE.matcher(word).matches()) {
                return Optional.empty();
            }
        }
        return Optional.of(new ScopeWords(wanted, without, life, outlives));
    }

    /** An authority narrowed to what is asked for; scopes that it lacks are left out. */
    public Authority narrow(Authority authority) {
        Set<Scope> granted = EnumSet.noneOf(Scope.class);
        granted.addAll(
                wanted.isEmpty() ? authority.scopes() : Scope.narrowed(authority.scopes(), wanted));
        granted.removeIf(scope -> without.stream().anyMatch(scope.wire()::startsWith));
        return authority.with(granted);
    }
}
