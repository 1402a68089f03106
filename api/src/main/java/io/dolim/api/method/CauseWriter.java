package io.dolim.api.method;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dolim.book.Latch;
import io.dolim.capacity.Cause;
import io.dolim.capacity.Mode;
import io.dolim.quoting.instrument.Underlying;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What keeps the pool, or one underlying of it, from taking everything, and what would lift it. */
final class CauseWriter {

    private static final String POOL = "pool";

    private CauseWriter() {}

    /** {@code "mode_causes"}: Capacity's own, then a latch that waits for an operator. */
    static void write(JsonGenerator json, List<Cause> causes, List<Latch.Summary> latches)
            throws IOException {
        json.writeArrayFieldStart("mode_causes");
        for (Cause cause : causes) {
            write(json, cause);
        }
        for (Latch.Summary latch : latches) {
            if (latch.standing().tripped().isPresent()) {
                write(json, tripped(latch));
            }
        }
        json.writeEndArray();
    }

    private static Cause tripped(Latch.Summary latch) {
        return new Cause(
                Cause.Kind.BREAKER,
                Optional.of(latch.underlying()),
                Mode.REDUCE_ONLY,
                "latched " + latch.standing().tripped().orElseThrow().reason(),
                latch.standing().guard().sinceMs(),
                Latch.persistenceId(latch.underlying()),
                "operator/lift_latch, then good ticks");
    }

    private static void write(JsonGenerator json, Cause cause) throws IOException {
        json.writeStartObject();
        json.writeStringField("cause", cause.kind().label());
        json.writeStringField("scope", cause.scope().map(Underlying::code).orElse(POOL));
        json.writeStringField("mode", cause.effect().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("since", cause.sinceMs());
        json.writeStringField("by", cause.by());
        json.writeStringField("reason", cause.reason());
        json.writeStringField("lifts", cause.lifts());
        json.writeEndObject();
    }
}
