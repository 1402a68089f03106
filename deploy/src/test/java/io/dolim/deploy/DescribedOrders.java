package io.dolim.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.client.RpcClient;
import java.math.BigDecimal;
import java.util.List;

/** The part of {@link DescribedTest} that lets orders rest and asks for what was traded. */
final class DescribedOrders {

    private static final BigDecimal AMOUNT = new BigDecimal("0.1");

    private final Call ok;
    private final Refusal refused;

    /** A call that must be answered by its result. */
    interface Call {
        JsonNode ok(String method, ObjectNode params) throws Exception;
    }

    /** A call that must be refused. */
    interface Refusal {
        void refused(String method, ObjectNode params) throws Exception;
    }

    DescribedOrders(Call ok, Refusal refused) {
        this.ok = ok;
        this.refused = refused;
    }

    void all(String name) throws Exception {
        ObjectNode one = none().put("instrument_name", name);
        ObjectNode coin = none().put("currency", "BTC");
        String first = rest(name, "one");
        rest(name, "two");
        ObjectNode id = none().put("order_id", first);
        ObjectNode label = none().put("label", "two");
        ok.ok("private/get_order_state", id);
        ok.ok("private/get_order_state_by_label", label);
        for (String open : List.of("get_open_orders", "get_open_orders_by_currency")) {
            ok.ok("private/" + open, coin);
        }
        ok.ok("private/get_open_orders_by_instrument", one);
        ok.ok("private/get_open_orders_by_label", label);
        ok.ok("private/edit", id.deepCopy().put("amount", new BigDecimal("0.2")));
        ok.ok("private/edit_by_label", label.deepCopy().put("amount", new BigDecimal("0.2")));
        ok.ok("private/cancel", id);
        ok.ok("private/cancel_by_label", label);
        ok.ok("private/cancel_all", none());
        ok.ok("private/cancel_all_by_currency", coin);
        ok.ok("private/cancel_all_by_instrument", one);
        ok.ok("private/get_order_history_by_currency", coin);
        ok.ok("private/get_order_history_by_instrument", one);
        for (String trades : List.of("", "_and_time")) {
            ok.ok("private/get_user_trades_by_currency" + trades, coin);
            ok.ok("private/get_user_trades_by_instrument" + trades, one);
        }
        ok.ok("private/get_user_trades_by_order", none().put("order_id", "described"));
        ObjectNode ofAccount = none().put("scope", "account");
        for (String word : List.of("enable", "disable", "get")) {
            ok.ok("private/" + word + "_cancel_on_disconnect", ofAccount);
        }
        refused.refused("private/get_cancel_on_disconnect", none());
    }

    private String rest(String name, String label) throws Exception {
        ObjectNode order = none().put("instrument_name", name).put("amount", AMOUNT);
        JsonNode reply = ok.ok("private/buy", order.put("price", 5).put("label", label));
        return reply.path("order").path("order_id").asText();
    }

    private static ObjectNode none() {
        return RpcClient.params();
    }
}
