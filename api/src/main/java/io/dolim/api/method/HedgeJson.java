package io.dolim.api.method;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dolim.book.hedge.HedgeSignal;
import io.dolim.book.hedge.HedgeSummary;
import io.dolim.book.hedge.Job;
import io.dolim.book.hedge.KeeperId;
import io.dolim.book.hedge.KeeperScore;
import io.dolim.book.hedge.Lease;
import io.dolim.book.hedge.Residual;
import io.dolim.book.hedge.VenueBook;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** How hedging reads on the wire. */
final class HedgeJson {

    private HedgeJson() {}

    /** The board as a keeper sees it: what is offered, its own leases and its score. */
    static void board(JsonGenerator json, HedgeSummary summary, KeeperId keeper)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("underlying", summary.underlying().code());
        json.writeStringField("instrument_name", summary.spec().instrument());
        json.writeNumberField("coins_per_lot", summary.spec().coinsPerLot());
        json.writeArrayFieldStart("signals");
        for (Job job : summary.jobs()) {
            signal(json, summary, job);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("leases");
        for (Lease lease : summary.leases()) {
            if (lease.keeper().equals(keeper)) {
                lease(json, summary, lease);
            }
        }
        json.writeEndArray();
        score(json, summary.keepers().getOrDefault(keeper, KeeperScore.NEW));
        json.writeArrayFieldStart("venues");
        for (var venue : summary.venues().entrySet()) {
            venue(json, summary, venue.getKey(), venue.getValue());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** {@code "hedging"} of the pool's summary. */
    static void hedges(JsonGenerator json, List<HedgeSummary> summaries) throws IOException {
        json.writeObjectFieldStart("hedging");
        for (HedgeSummary summary : summaries) {
            json.writeObjectFieldStart(summary.underlying().code());
            json.writeStringField(
                    "policy", summary.policy().kind().name().toLowerCase(Locale.ROOT));
            double hedge = lots(summary) * summary.spec().coinsPerLot().doubleValue();
            Wire.figure(json, "hedge_delta", hedge, 8);
            if (summary.residual().isPresent()) {
                residual(json, summary.residual().get(), hedge);
            }
            json.writeNumberField("cost", summary.brought().negated().toDecimal());
            json.writeNumberField("buffer", summary.buffer().toDecimal());
            json.writeStringField("stopped", summary.stopped().orElse(""));
            json.writeArrayFieldStart("venues");
            for (var venue : summary.venues().entrySet()) {
                venue(json, summary, venue.getKey(), venue.getValue());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static long lots(HedgeSummary summary) {
        long sum = 0;
        for (VenueBook venue : summary.venues().values()) {
            sum += venue.lots();
        }
        return sum;
    }

    private static void residual(JsonGenerator json, Residual residual, double hedge)
            throws IOException {
        Wire.figure(json, "option_delta", residual.netCoins() - hedge, 8);
        Wire.figure(json, "net_delta", residual.netCoins(), 8);
        Wire.figure(json, "coming_delta", residual.comingCoins(), 8);
        if (Double.isFinite(residual.band().lowCoins())) {
            Wire.figure(json, "band_low", residual.band().lowCoins(), 8);
            Wire.figure(json, "band_high", residual.band().highCoins(), 8);
        }
        json.writeStringField("band_rule", residual.band().rule());
        json.writeStringField("why", residual.why().name().toLowerCase(Locale.ROOT));
    }

    private static void signal(JsonGenerator json, HedgeSummary summary, Job job)
            throws IOException {
        HedgeSignal signal = job.signal();
        json.writeStartObject();
        json.writeNumberField("signal_id", job.id());
        json.writeNumberField("timestamp", signal.epochMs());
        json.writeStringField("direction", signal.lots() > 0 ? "buy" : "sell");
        json.writeNumberField("amount", summary.spec().coins(Math.abs(signal.lots())));
        json.writeNumberField("amount_left", summary.spec().coins(Math.abs(job.unclaimedLots())));
        json.writeNumberField("limit_price", signal.limitUsdc());
        json.writeNumberField("budget", signal.budget().toDecimal());
        Wire.figure(json, "urgency", signal.urgency(), 4);
        Wire.figure(json, "net_delta", signal.netCoins(), 8);
        json.writeStringField("reason", signal.band().rule());
        Wire.figure(json, "index_price", signal.inputs().spotUsdc(), 6);
        json.writeEndObject();
    }

    private static void lease(JsonGenerator json, HedgeSummary summary, Lease lease)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("lease", lease.fence());
        json.writeNumberField("signal_id", lease.job());
        json.writeStringField("label", lease.label(summary.underlying()));
        json.writeStringField("direction", lease.lots() > 0 ? "buy" : "sell");
        json.writeNumberField("amount", summary.spec().coins(Math.abs(lease.lots())));
        json.writeNumberField("filled_amount", summary.spec().coins(Math.abs(lease.filledLots())));
        json.writeNumberField("limit_price", lease.limitUsdc());
        Wire.figure(json, "reward_share", lease.rewardShare(), 8);
        json.writeNumberField("earned", lease.earned().toDecimal());
        json.writeNumberField("expires", lease.untilMs());
        json.writeEndObject();
    }

    private static void score(JsonGenerator json, KeeperScore score) throws IOException {
        json.writeObjectFieldStart("score");
        json.writeNumberField("points", score.points());
        json.writeBooleanField("suspended", score.isSuspended());
        json.writeNumberField("claims", score.claims());
        json.writeNumberField("expired", score.expired());
        json.writeNumberField("late_lots", score.late());
        json.writeNumberField("excess_lots", score.over());
        json.writeNumberField("refuted", score.refuted());
        json.writeNumberField("rewards", score.rewards().toDecimal());
        json.writeEndObject();
    }

    private static void venue(JsonGenerator json, HedgeSummary summary, String name, VenueBook book)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("venue", name);
        json.writeBooleanField("standing", book.standing());
        json.writeNumberField("position", summary.spec().coins(book.lots()));
        json.writeNumberField("cost", book.cost().toDecimal());
        json.writeNumberField("cash", book.cash().toDecimal());
        json.writeNumberField("realised", book.realised().toDecimal());
        json.writeNumberField("funding", book.funding().toDecimal());
        json.writeNumberField("fees", book.fees().toDecimal());
        json.writeEndObject();
    }
}
