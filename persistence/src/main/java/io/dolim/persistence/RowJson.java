package io.dolim.persistence;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A row of the log as one JSON object; bytes in Base64, hashes in hexadecimal digits. */
final class RowJson {

    private RowJson() {}

    static void write(JsonGenerator json, StoredRow stored) throws IOException {
        json.writeStartObject();
        json.writeNumberField("order", stored.order());
        switch (stored.row()) {
            case LogRow.Event event -> event(json, event);
            case LogRow.Deleted gone -> {
                json.writeStringField("kind", "deleted");
                json.writeStringField("pid", gone.persistenceId());
                json.writeNumberField("seq", gone.sequence());
                json.writeStringField("removed", gone.removed().toString());
            }
            case LogRow.Deletion deletion -> {
                json.writeStringField("kind", "deletion");
                json.writeStringField("pid", deletion.persistenceId());
                json.writeNumberField("up_to", deletion.upTo());
            }
            case LogRow.Commit commit -> {
                json.writeStringField("kind", "commit");
                json.writeNumberField("commit", commit.number());
                json.writeNumberField("transaction", commit.transaction());
                json.writeNumberField("time_ms", commit.timeMs());
                json.writeNumberField("rows", commit.rows());
                json.writeStringField("chain", commit.chain().toString());
            }
        }
        json.writeEndObject();
    }

    private static void event(JsonGenerator json, LogRow.Event event) throws IOException {
        json.writeStringField("kind", "event");
        json.writeStringField("pid", event.persistenceId());
        json.writeNumberField("seq", event.sequence());
        json.writeNumberField("timestamp_ms", event.timestampMs());
        json.writeStringField("writer", event.writer());
        json.writeStringField("adapter", event.adapterManifest());
        json.writeArrayFieldStart("tags");
        for (var tag : event.tags()) {
            json.writeString(tag);
        }
        json.writeEndArray();
        payload(json, "", event.payload());
        if (event.metadata().isPresent()) {
            payload(json, "metadata_", event.metadata().get());
        }
    }

    /** The fields of a snapshot. */
    static void snapshot(JsonGenerator json, StoredSnapshot snapshot) throws IOException {
        json.writeStringField("pid", snapshot.persistenceId());
        json.writeNumberField("seq", snapshot.sequence());
        json.writeNumberField("timestamp_ms", snapshot.timestampMs());
        payload(json, "", snapshot.state());
    }

    private static void payload(JsonGenerator json, String prefix, Payload payload)
            throws IOException {
        json.writeNumberField(prefix + "serializer", payload.serializer());
        json.writeStringField(prefix + "manifest", payload.manifest());
        json.writeStringField(
                prefix + "bytes", Base64.getEncoder().encodeToString(payload.bytes()));
    }

    /** The fields of an object that holds texts, whole numbers and lists of texts. */
    static Fields read(JsonParser json, String place) throws IOException {
        var fields = new Fields(place);
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new JournalCorrupt(place, "not an object");
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var name = json.currentName();
            switch (json.nextToken()) {
                case VALUE_STRING -> fields.texts.put(name, json.getText());
                case VALUE_NUMBER_INT -> fields.numbers.put(name, json.getLongValue());
                case START_ARRAY -> {
                    var list = new ArrayList<String>();
                    while (json.nextToken() == JsonToken.VALUE_STRING) {
                        list.add(json.getText());
                    }
                    fields.lists.put(name, list);
                }
                case null -> throw new JournalCorrupt(place, "ends early");
                default -> throw new JournalCorrupt(place, "unexpected value of " + name);
            }
        }
        if (json.nextToken() != null) {
            throw new JournalCorrupt(place, "more than one object");
        }
        return fields;
    }

    /** What an object holds by name. */
    static final class Fields {
        private final String place;
        private final Map<String, String> texts = new HashMap<>();
        private final Map<String, Long> numbers = new HashMap<>();
        private final Map<String, List<String>> lists = new HashMap<>();

        private Fields(String place) {
            this.place = place;
        }

        String text(String name) {
            return found(name, texts.get(name));
        }

        long number(String name) {
            return found(name, numbers.get(name));
        }

        private <T> T found(String name, @org.jspecify.annotations.Nullable T value) {
            if (value == null) {
                throw new JournalCorrupt(place, "no " + name);
            }
            return value;
        }

        Sha256 hash(String name) {
            try {
                return new Sha256(HexFormat.of().parseHex(text(name)));
            } catch (IllegalArgumentException e) {
                throw new JournalCorrupt(place, name + " is no hash", e);
            }
        }

        LogRow row() {
            return switch (text("kind")) {
                case "event" -> event();
                case "deleted" -> new LogRow.Deleted(text("pid"), number("seq"), hash("removed"));
                case "deletion" -> new LogRow.Deletion(text("pid"), number("up_to"));
                case "commit" ->
                        new LogRow.Commit(
                                number("commit"),
                                number("transaction"),
                                number("time_ms"),
                                Math.toIntExact(number("rows")),
                                hash("chain"));
                default -> throw new JournalCorrupt(place, "unknown kind " + text("kind"));
            };
        }

        private LogRow.Event event() {
            return new LogRow.Event(
                    text("pid"),
                    number("seq"),
                    number("timestamp_ms"),
                    text("writer"),
                    text("adapter"),
                    found("tags", lists.get("tags")),
                    payload(""),
                    texts.containsKey("metadata_bytes")
                            ? Optional.of(payload("metadata_"))
                            : Optional.empty());
        }

        private Payload payload(String prefix) {
            try {
                return new Payload(
                        Math.toIntExact(number(prefix + "serializer")),
                        text(prefix + "manifest"),
                        Base64.getDecoder().decode(text(prefix + "bytes")));
            } catch (IllegalArgumentException e) {
                throw new JournalCorrupt(place, prefix + "bytes are no Base64", e);
            }
        }
    }
}
