package io.dolim.book.history;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.book.BookEvent;
import io.dolim.book.BookSheet;
import io.dolim.book.PoolState;
import io.dolim.book.trade.AccountId;
import io.dolim.capacity.CapacityView;
import io.dolim.capacity.Measures;
import io.dolim.capacity.vector.Exposure;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The whole pool as a tree of named values. Cash and positions are those of the journal; greeks and
 * capital are of what the pool holds then, on the market view of the last trade before it, which is
 * the last one that is written down. Where there is none, or it does not suffice, {@code absent} says
 * why. Remembers what it reckoned last; not safe for threads.
 */
public final class StateTree {

    /** Roots of the tree, which expressions begin with. */
    public static final Set<String> ROOTS =
            Set.of(
                    "at",
                    "mode",
                    "capital_paid_in",
                    "scenarios",
                    "books",
                    "positions",
                    "accounts",
                    "guard",
                    "view",
                    "market",
                    "tape",
                    "last_trade",
                    "greeks",
                    "capital",
                    "state_hash",
                    "cash_imbalance",
                    "cut");

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> VALUED = Set.of("view", "market", "greeks", "capital");

    private final Requote requote = new Requote(Map.of());
    private ObjectNode lastValued = NODES.objectNode();
    private long lastMoves = -1;

    /** With nothing reckoned yet. */
    public StateTree() {}

    /** All of it. */
    public ObjectNode of(Past past) {
        return of(past, ROOTS);
    }

    /** The parts under these roots; what nobody asks for is not computed. */
    ObjectNode of(Past past, Set<String> roots) {
        ObjectNode tree = NODES.objectNode();
        past.last()
                .ifPresent(
                        last ->
                                tree.putObject("at")
                                        .put("order", last.order())
                                        .put("time_ms", last.epochMs())
                                        .put("writer", last.persistenceId())
                                        .put("sequence", last.sequence()));
        tree.put("mode", past.capital().mode().name());
        tree.put("capital_paid_in", past.capital().capital().toDecimal());
        tree.put("scenarios", past.capital().scenarioSet());
        if (roots.contains("books") || roots.contains("positions")) {
            books(past, tree);
        }
        if (roots.contains("accounts")) {
            accounts(past, tree);
        }
        if (roots.contains("guard")) {
            guards(past, tree);
        }
        past.lastTrade().ifPresent(trade -> lastTrade(trade, tree));
        if (roots.contains("tape")) {
            tape(past, tree);
        }
        if (VALUED.stream().anyMatch(roots::contains)) {
            if (past.moves() != lastMoves) {
                lastValued = valued(past);
                lastMoves = past.moves();
            }
            tree.setAll(lastValued.deepCopy());
        }
        if (roots.contains("state_hash") || roots.contains("cut")) {
            PoolState state = past.state();
            tree.put("state_hash", state.stateHash());
            ObjectNode cut = tree.putObject("cut");
            state.cut().forEach(cut::put);
        }
        tree.put("cash_imbalance", past.replay().cashImbalance().toDecimal());
        return tree;
    }

    private static void books(Past past, ObjectNode tree) {
        ObjectNode books = tree.putObject("books");
        ObjectNode positions = tree.putObject("positions");
        for (Underlying underlying : past.replay().underlyings()) {
            BookSheet book = past.replay().book(underlying).orElseThrow();
            books.putObject(underlying.code())
                    .put("sequence", book.sequence())
                    .put("trades", book.trades())
                    .put("listed", book.listed())
                    .put("cash", book.cash().toDecimal())
                    .put("fees", book.fees().toDecimal())
                    .put("charge_account", book.chargeAccount().balance().toDecimal());
            coins(book, book.positions()).forEach(positions::put);
        }
    }

    private static SortedMap<String, BigDecimal> coins(
            BookSheet book, SortedMap<OptionContract, Long> lots) {
        SortedMap<String, BigDecimal> coins = new TreeMap<>();
        lots.forEach(
                (contract, amount) ->
                        coins.put(
                                contract.name(),
                                book.spec()
                                        .map(spec -> spec.coins(amount))
                                        .orElse(BigDecimal.valueOf(amount))));
        return coins;
    }

    private static void accounts(Past past, ObjectNode tree) {
        SortedMap<AccountId, Usdc> cash = new TreeMap<>(past.replay().deposited());
        SortedMap<AccountId, SortedMap<String, BigDecimal>> held = new TreeMap<>();
        for (Underlying underlying : past.replay().underlyings()) {
            BookSheet book = past.replay().book(underlying).orElseThrow();
            book.takers()
                    .forEach(
                            (account, sheet) -> {
                                cash.merge(account, sheet.cash(), Usdc::plus);
                                held.computeIfAbsent(account, _ -> new TreeMap<>())
                                        .putAll(coins(book, sheet.lots()));
                            });
        }
        ObjectNode accounts = tree.putObject("accounts");
        cash.forEach(
                (account, amount) -> {
                    ObjectNode one = accounts.putObject(account.toString());
                    one.put("cash", amount.toDecimal());
                    ObjectNode positions = one.putObject("positions");
                    Optional.ofNullable(held.get(account))
                            .ifPresent(coins -> coins.forEach(positions::put));
                });
    }

    private static void guards(Past past, ObjectNode tree) {
        ObjectNode guards = tree.putObject("guard");
        past.replay()
                .guards()
                .forEach(
                        (underlying, guard) ->
                                guards.putObject(underlying.code())
                                        .put("status", guard.level().name())
                                        .put("since_ms", guard.sinceMs())
                                        .put("turns", guard.turns()));
    }

    private static void tape(Past past, ObjectNode tree) {
        ObjectNode tapes = tree.putObject("tape");
        past.tapes()
                .forEach(
                        (underlying, tape) -> {
                            ObjectNode one = tapes.putObject(underlying.code());
                            one.put("time_ms", tape.timeMs());
                            tape.indexUsdc().ifPresent(index -> one.put("index", index));
                            one.put("move", tape.move())
                                    .put("held", tape.held())
                                    .put("dropped", tape.dropped());
                            ObjectNode sources = one.putObject("sources");
                            tape.sources().forEach(sources::put);
                        });
    }

    private static void lastTrade(BookEvent.TradeExecuted trade, ObjectNode tree) {
        tree.putObject("last_trade")
                .put("id", trade.trade().id().toString())
                .put("account", trade.trade().account().toString())
                .put("time_ms", trade.trade().epochMs())
                .put("price", trade.trade().price().toDecimal());
    }

    private ObjectNode valued(Past past) {
        Optional<BookEvent.TradeExecuted> trade = past.lastTrade();
        if (trade.isEmpty()) {
            return absent("no trade is written before this place, and so no market view");
        }
        try {
            return valued(requote.now(past, trade.get()), trade.get());
        } catch (IllegalArgumentException insufficient) {
            return absent(String.valueOf(insufficient.getMessage()));
        }
    }

    private static ObjectNode absent(String why) {
        ObjectNode tree = NODES.objectNode();
        new TreeSet<>(VALUED).forEach(root -> tree.putObject(root).put("absent", why));
        return tree;
    }

    private static ObjectNode valued(Requote.Standing pool, BookEvent.TradeExecuted trade) {
        ObjectNode tree = NODES.objectNode();
        RecordedBasis basis = pool.basis();
        ObjectNode view =
                tree.putObject("view")
                        .put("of_trade", trade.trade().id().toString())
                        .put("number", basis.frozen().inputs().viewNumber());
        ObjectNode market = tree.putObject("market");
        long latestMs = basis.market().timeMs();
        for (PricingMarket frozen : pool.capacity().markets().values()) {
            spot(market, frozen);
            latestMs = Math.max(latestMs, frozen.timeMs());
        }
        spot(market, basis.market());
        view.put("time_ms", latestMs);
        tree.set("greeks", greeks(pool.capacity()));
        tree.set("capital", measures(pool.capacity().measures()));
        return tree;
    }

    private static void spot(ObjectNode market, PricingMarket one) {
        market.putObject(one.underlying().code())
                .put("spot", one.spotUsdc())
                .put("time_ms", one.timeMs());
    }

    private static ObjectNode greeks(CapacityView view) {
        ObjectNode greeks = NODES.objectNode();
        for (Underlying underlying : view.markets().keySet()) {
            Exposure exposure = view.inventory().exposure(underlying);
            greeks.putObject(underlying.code())
                    .put("mark", money(exposure.markUsdc()))
                    .put("delta", exposure.deltaCoins())
                    .put("gamma", exposure.gammaUsdc())
                    .put("vega", exposure.vegaUsdc())
                    .put("theta", exposure.thetaUsdc());
        }
        return greeks;
    }

    /** The measures of a pool's capital. */
    public static ObjectNode measures(Measures measures) {
        return NODES.objectNode()
                .put("equity", money(measures.equity()))
                .put("risk_weighted", money(measures.capital()))
                .put("worst_loss", money(measures.worstDamped()))
                .put("hedging_buffer", money(measures.hedgingBuffer()))
                .put("rac", money(measures.rac()))
                .put("rac_floor", money(measures.racFloor()))
                .put("expected_shortfall", money(measures.expectedShortfall()))
                .put("strain", measures.strain());
    }

    private static BigDecimal money(double usdc) {
        return new BigDecimal(usdc).setScale(6, RoundingMode.HALF_EVEN);
    }
}
