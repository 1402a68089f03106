package io.dolim.api.rpc;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What must hold before this process should be sent requests.
 *
 * @param conditions asked anew at every {@code GET /health/ready}, in order
 */
public record Readiness(List<Condition> conditions) {

    /**
     * One condition.
     *
     * @param missing why it does not hold; empty where it does. Returns at once, from any thread
     */
    public record Condition(String name, Supplier<Optional<String>> missing) {}

    public Readiness {
        conditions = List.copyOf(conditions);
    }

    /** What is missing, by condition. */
    Map<String, String> missing() {
        Map<String, String> missing = new LinkedHashMap<>();
        for (Condition condition : conditions) {
            condition.missing().get().ifPresent(reason -> missing.put(condition.name(), reason));
        }
        return missing;
    }

    void write(JsonGenerator json, Map<String, String> missing) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("ready", missing.isEmpty());
        json.writeObjectFieldStart("conditions");
        for (Condition condition : conditions) {
            json.writeStringField(condition.name(), missing.getOrDefault(condition.name(), "ok"));
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
