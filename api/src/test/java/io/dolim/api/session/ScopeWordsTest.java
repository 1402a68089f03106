package io.dolim.api.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deribit's words for scopes. */
final class ScopeWordsTest {

    private static final Authority ALL =
            new Authority(
                    new KeyId("k"),
                    "alice",
                    Set.of(
                            Scope.ACCOUNT_READ_WRITE,
                            Scope.TRADE_READ_WRITE,
                            Scope.WALLET_READ,
                            Scope.KEEPER));

    private static Set<Scope> granted(String words) {
        return ScopeWords.parse(words).orElseThrow().narrow(ALL).scopes();
    }

    @Test
    void whatIsAskedForIsGrantedWhereTheKeyHasIt() {
        assertEquals(Set.of(Scope.TRADE_READ), granted("trade:read wallet:read_write operator"));
        assertEquals(ALL.scopes(), granted(" connection   mainaccount "));
        assertEquals(ALL.scopes(), granted(""));
        assertEquals(Set.of(Scope.KEEPER), granted("keeper block_trade:read_write custody:read"));
    }

    @Test
    void anAreaOfWhichNoneIsAskedIsLeftOut() {
        assertEquals(
                Set.of(Scope.ACCOUNT_READ_WRITE, Scope.KEEPER), granted("trade:none wallet:none"));
        assertEquals(Set.of(Scope.ACCOUNT_READ), granted("account:read trade:read trade:none"));
    }

    @Test
    void lifeAndSessionAreRead() {
        assertEquals(
                Optional.of(
                        new ScopeWords(
                                Set.of(Scope.TRADE_READ),
                                Set.of(),
                                Optional.of(Duration.ofSeconds(60)),
                                true)),
                ScopeWords.parse("session:desk-1 expires:60 trade:read"));
        assertEquals(Optional.of(ScopeWords.NONE), ScopeWords.parse("connection"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trade:write",
                "Trade:read",
                "expires:0",
                "expires:-1",
                "expires:1e3",
                "expires:9999999999",
                "session:",
                "session:a/b",
                "ip:127.0.0.1",
                "trade:read,wallet:read",
                "mainaccount2",
                "*"
            })
    void anythingElseIsNoScope(String word) {
        assertEquals(Optional.empty(), ScopeWords.parse("trade:read " + word));
    }
}
