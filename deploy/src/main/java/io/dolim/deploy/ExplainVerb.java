package io.dolim.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.book.BookEvent;
import io.dolim.book.history.Past;
import io.dolim.book.history.Place;
import io.dolim.book.history.RecordedBasis;
import io.dolim.book.history.Requote;
import io.dolim.book.history.StateTree;
import io.dolim.book.trade.TradeId;
import io.dolim.capacity.CapacityView;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.Quote;
import io.dolim.quoting.quote.QuoteLines;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says why a trade cost what it did. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Prints what priced a trade: market, surface, view, inventory, its lines, and the pool's",
            "capacity before and after. Exit code 1 when the price does not come out again."
        })
final class ExplainVerb implements Callable<Integer> {

    @Mixin private StateOptions state = new StateOptions();

    @Parameters(paramLabel = "TRADE", description = "Its id, as in BTC-17.")
    private String trade = "";

    @Option(
            names = "--index",
            paramLabel = "USDC",
            description = "Also what it would have cost had the index been this.")
    private @Nullable Double index;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Place place = Place.parse(TradeId.parse(trade).toString());
        Past past = StateVerb.past(state, Optional.of(place), spec);
        BookEvent.TradeExecuted executed = past.lastTrade().orElseThrow();
        Requote requote = new Requote(Map.of());
        Requote.Requoted priced = requote.of(past, executed, Past.Trades.ALL);
        CapacityView after = requote.after(past, executed, Past.Trades.ALL, Usdc.ZERO).capacity();
        ObjectNode tree = Rows.object();
        trade(tree, executed);
        basis(tree, executed, priced.basis());
        tree.set("capacity_before", StateTree.measures(priced.view().measures()));
        tree.set("capacity_after", StateTree.measures(after.measures()));
        boolean same =
                priced.quote().orElse(null) instanceof Quote.Quoted quoted
                        && quoted.lines().equals(executed.trade().lines());
        String otherwise =
                priced.quote()
                        .map(Quote::toString)
                        .orElse("not under pricing_version=" + executed.pricingVersion());
        tree.put("priced_again", same ? "the same to the last micro-USDC" : otherwise);
        if (index != null) {
            otherwise(tree, past, executed, index);
        }
        state.rows(spec.commandLine().getOut()).print(tree);
        return same ? 0 : 1;
    }

    private static void otherwise(
            ObjectNode tree, Past past, BookEvent.TradeExecuted executed, double index) {
        Optional<Quote> offered = new Requote(Map.of()).onIndex(past, executed, index).quote();
        ObjectNode on = tree.putObject("on_index").put("index", index);
        if (offered.isEmpty()) {
            on.put("unpriced", "pricing_version=" + executed.pricingVersion());
            return;
        }
        Quote quote = offered.get();
        if (quote instanceof Quote.Quoted quoted) {
            on.put("price", quoted.lines().total().toDecimal());
            lines(on, quoted.lines());
            on.put(
                    "difference",
                    quoted.lines().total().minus(executed.trade().price()).toDecimal());
        } else {
            on.put("refused", quote.toString());
        }
    }

    private static void trade(ObjectNode tree, BookEvent.TradeExecuted executed) {
        tree.put("trade", executed.trade().id().toString())
                .put("account", executed.trade().account().toString())
                .put("client_order_id", executed.trade().orderId().toString())
                .put("quote", executed.trade().quoteId())
                .put("time_ms", executed.trade().epochMs());
        ObjectNode legs = tree.putObject("legs_lots");
        for (Leg leg : executed.trade().legs().legs()) {
            legs.put(leg.contract().name(), leg.lots());
        }
        QuoteLines lines = executed.trade().lines();
        tree.put("price", lines.total().toDecimal());
        lines(tree, lines);
    }

    private static void lines(ObjectNode tree, QuoteLines lines) {
        tree.putObject("lines")
                .put("mark", lines.mark().toDecimal())
                .put("spread", lines.spread().toDecimal())
                .put("hedge_cost", lines.hedgeCost().toDecimal())
                .put("capital_charge", lines.capitalCharge().toDecimal())
                .put("fee", lines.fee().toDecimal())
                .put("tick", lines.tick().toDecimal());
    }

    private static void basis(
            ObjectNode tree, BookEvent.TradeExecuted executed, RecordedBasis basis) {
        tree.putObject("market")
                .put("hash", executed.marketHash())
                .put("spot", basis.market().spotUsdc())
                .put("time_ms", basis.market().timeMs())
                .put("surface_fixed_ms", basis.market().surface().fixedAtMs())
                .put("spot_at_fit", basis.market().spotAtFitUsdc())
                .put("spread_factor", basis.market().uncertainty().spreadFactor());
        ObjectNode forwards = tree.putObject("forwards");
        ObjectNode vols = tree.putObject("vols_at_the_money");
        for (Leg leg : executed.trade().legs().legs()) {
            var expiry = leg.contract().expiry();
            forwards.put(expiry.toString(), basis.market().forwardUsdc(expiry));
            vols.put(expiry.toString(), basis.market().volAnnual(expiry, 0));
        }
        ObjectNode view =
                tree.putObject("view")
                        .put("pricing_view", executed.pricingView())
                        .put("market_view", basis.frozen().inputs().viewNumber())
                        .put("hash", executed.viewHash())
                        .put("scenarios", basis.frozen().inputs().scenarioSet())
                        .put("capital", basis.frozen().inputs().capital())
                        .put("strain", basis.frozen().strain())
                        .put("mode", basis.mode().name())
                        .put("charge_account", basis.chargeAccount().toDecimal());
        ObjectNode spots = view.putObject("spots");
        basis.frozen().markets().forEach((u, m) -> spots.put(u.code(), m.spotUsdc()));
        ObjectNode cut = tree.putObject("inventory_cut");
        basis.cut().forEach((underlying, sequence) -> cut.put(underlying.code(), sequence));
        ObjectNode decided =
                tree.putObject("decided")
                        .put("charge", executed.decidedCharge().toDecimal())
                        .put("market_view", executed.marketView())
                        .put("counted_pending", String.join(" ", executed.countedPending()));
        ObjectNode after = decided.putObject("inventory_cut");
        executed.cut().forEach((underlying, sequence) -> after.put(underlying.code(), sequence));
        executed.leastUsdc().ifPresent(least -> tree.put("least_of_displayed", least));
        tree.put("pricing_version", executed.pricingVersion());
    }
}
