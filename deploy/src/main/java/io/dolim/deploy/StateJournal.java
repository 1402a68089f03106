package io.dolim.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.dolim.api.keys.KeyEventSerializer;
import io.dolim.book.BookSerializer;
import io.dolim.book.history.StoredStates;
import io.dolim.book.history.Written;
import io.dolim.book.trade.BodyHash;
import io.dolim.capacity.CapacityEventSerializer;
import io.dolim.capacity.journal.StoredEvent;
import io.dolim.capacity.journal.StoredEventSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The events of a state directory, stopped, copied or live, in the order of its log. Read in pages
 * up to the head at the beginning; nothing is copied and nothing written.
 */
final class StateJournal {

    /** The tag under which every event is found. */
    static final String EVERY_EVENT = "*";

    private static final String FOLDER = "journal";

    private final SortedMap<Integer, StoredEventSerializer> serializers = new TreeMap<>();
    private final Path dir;
    private long lastMs;

    StateJournal(Path dir) {
        this.dir = dir;
        for (StoredEventSerializer one :
                List.of(
                        new BookSerializer(),
                        new CapacityEventSerializer(),
                        new KeyEventSerializer())) {
            serializers.put(one.identifier(), one);
        }
    }

    /** Where a state directory keeps its journal. @throws NoSuchFileException when there is none */
    static Path folder(Path dir) throws NoSuchFileException {
        Path data = dir.resolve(FOLDER).resolve("data.mdb");
        if (!Files.isRegularFile(data)) {
            throw new NoSuchFileException(data.toString());
        }
        return dir.resolve(FOLDER);
    }

    /** Reads all events, oldest first; a listener that has seen enough throws {@link JournalTool.Enough}. */
    void read(Progress progress, Consumer<Written> to) throws IOException, JournalRefused {
        read(EVERY_EVENT, progress, to);
    }

    /** Reads the events under a tag, oldest first. */
    void read(String tag, Progress progress, Consumer<Written> to)
            throws IOException, JournalRefused {
        List<String> words = List.of("cat", "--dir", folder(dir).toString(), "--tag", tag);
        JournalTool.run(words, line -> to.accept(written(line)), progress);
    }

    /** The states that are stored beside the events, by the hash of their canonical bytes. */
    StoredStates states(Progress progress) throws IOException, JournalRefused {
        StoredStates states = new StoredStates();
        List<String> words = List.of("snapshots", "--dir", folder(dir).toString());
        JournalTool.run(
                words,
                line -> {
                    try {
                        JsonNode row = Rows.JSON.readTree(line);
                        states.add(
                                row.path("pid").asText(),
                                row.path("seq").asLong(),
                                BodyHash.ofBytes(canonical(row)).hex());
                    } catch (IOException unreadable) {
                        throw new UncheckedIOException(unreadable);
                    }
                },
                progress);
        return states;
    }

    /** Of a state as it is stored; bytes that its form of today would not have are taken as they are. */
    private byte[] canonical(JsonNode row) throws IOException {
        byte[] bytes = row.path("bytes").binaryValue();
        StoredEventSerializer serializer = serializer(row);
        Object state = serializer.fromBinary(bytes, row.path("manifest").asText());
        boolean ofToday = serializer.manifest(state).equals(row.path("manifest").asText());
        return ofToday && !Arrays.equals(serializer.toBinary(state), bytes)
                ? bytes
                : StoredEventSerializer.canonicalBytes(state);
    }

    private StoredEventSerializer serializer(JsonNode row) {
        StoredEventSerializer serializer = serializers.get(row.path("serializer").asInt());
        if (serializer == null) {
            throw new IllegalStateException(
                    row.path("pid").asText()
                            + "/"
                            + row.path("seq").asLong()
                            + " is no event of a pool");
        }
        return serializer;
    }

    private Written written(String line) {
        try {
            JsonNode row = Rows.JSON.readTree(line);
            String writer = row.path("pid").asText();
            long sequence = row.path("seq").asLong();
            StoredEvent event =
                    (StoredEvent)
                            serializer(row)
                                    .fromBinary(
                                            row.path("bytes").binaryValue(),
                                            row.path("manifest").asText());
            lastMs = Written.said(event).orElse(lastMs);
            return new Written(row.path("order").asLong(), writer, sequence, lastMs, event);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("the journal's tool wrote " + line, unreadable);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
