package io.dolim.api.venue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.book.hedge.PerpetualSpec;
import io.dolim.book.hedge.Venue;
import io.dolim.book.hedge.VenueOrder;
import java.util.Set;

/** An order in Deribit's words, and what an answer to it means. */
final class OrderWire {

    /**
     * Refusals after which an order may have been traded: error, internal server error (both), timed out.
     */
    private static final Set<Integer> AMBIGUOUS = Set.of(10_001, 11_094, -32_603, 13_888);

    private static final int MAINTENANCE = 11_051;
    private static final int UNAUTHORISED = 13_009;

    private OrderWire() {}

    static ObjectNode params(ObjectNode params, VenueOrder order, PerpetualSpec spec) {
        return params.put("instrument_name", spec.instrument())
                .put("amount", spec.coins(Math.absExact(order.lots())))
                .put("type", "limit")
                .put("price", order.limitUsdc())
                .put("time_in_force", "immediate_or_cancel")
                .put("reduce_only", order.reduceOnly())
                .put("label", order.label());
    }

    static Venue.Traded traded(VenueCalls.Answer answer, VenueOrder order, PerpetualSpec spec) {
        String label = order.label();
        return switch (answer) {
            case VenueCalls.Answer.Lost lost ->
                    lost.wasSent()
                            ? new Venue.Unknown(label, lost.why())
                            : new Venue.Rejected(label, lost.why());
            case VenueCalls.Answer.Refused refused ->
                    isAmbiguous(refused)
                            ? new Venue.Unknown(label, refused.toString())
                            : new Venue.Rejected(label, refused.toString());
            case VenueCalls.Answer.Result result -> filled(result.body(), label, spec);
        };
    }

    private static Venue.Traded filled(JsonNode body, String label, PerpetualSpec spec) {
        try {
            if (!body.path("trades").isArray()) {
                throw new DeribitReader.Unfit("trades are missing");
            }
            return new Venue.Filled(label, DeribitReader.fills(body.path("trades"), spec));
        } catch (DeribitReader.Unfit unfit) {
            return new Venue.Unknown(label, "unreadable: " + unfit.getMessage());
        }
    }

    private static boolean isAmbiguous(VenueCalls.Answer.Refused refused) {
        return AMBIGUOUS.contains(refused.code())
                || (refused.code() == MAINTENANCE && refused.reason().equals("outcome_unknown"));
    }

    static boolean isUnauthorised(VenueCalls.Answer answer) {
        return answer instanceof VenueCalls.Answer.Refused refused
                && refused.code() == UNAUTHORISED;
    }
}
