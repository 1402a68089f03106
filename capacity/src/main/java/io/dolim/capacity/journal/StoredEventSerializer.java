package io.dolim.capacity.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Stores events as canonical CBOR under short versioned manifests such as {@code
 * capital-paid-in.1}. The map from manifest to record is written out by each subclass: a name once
 * used is never used for another shape, and a record that changes its shape gets the next number.
 * Equal events give equal bytes on every machine: fields in declared order, maps by key.
 *
 * <p>A manifest that is not in the map stops recovery, and so the start: a journal of a later release
 * is not half understood.
 */
public abstract class StoredEventSerializer extends SerializerWithStringManifest {

    private static final ObjectMapper MAPPER = CanonicalCbor.mapper();

    private final int identifier;
    private final SortedMap<String, Class<?>> classes;
    private final SortedMap<String, String> manifests = new TreeMap<>();

    /**
     * A serializer of one module's events.
     *
     * @param identifier its number in the journal, unique in the process and fixed for ever
     * @param classes the stored record by manifest; a class may stand under one manifest only
     */
    protected StoredEventSerializer(int identifier, SortedMap<String, Class<?>> classes) {
        this.identifier = identifier;
        this.classes = Collections.unmodifiableSortedMap(new TreeMap<>(classes));
        classes.forEach(this::register);
    }

    @Override
    public final int identifier() {
        return identifier;
    }

    /** The manifests it knows. */
    public final SortedMap<String, Class<?>> classes() {
        return classes;
    }

    @Override
    public final String manifest(Object event) {
        String manifest = manifests.get(event.getClass().getName());
        if (manifest == null) {
            throw new IllegalArgumentException(
                    "event=" + event.getClass().getName() + " has no manifest");
        }
        return manifest;
    }

    @Override
    public final byte[] toBinary(Object event) {
        manifest(event);
        return canonicalBytes(event);
    }

    /** @throws NotSerializableException when the manifest is unknown or the bytes are not its record */
    @Override
    public final Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        Class<?> type = classes.get(manifest);
        if (type == null) {
            throw new NotSerializableException(
                    "manifest="
                            + manifest
                            + " is not known to this release ("
                            + classes.keySet()
                            + "): the journal was written by a later one, refusing to start");
        }
        try {
            Object read = MAPPER.readValue(bytes, type);
            return read instanceof EarlierShape earlier ? earlier.today() : read;
        } catch (IOException unreadable) {
            NotSerializableException refused =
                    new NotSerializableException(
                            "manifest=" + manifest + " unreadable: " + unreadable.getMessage());
            refused.initCause(unreadable);
            throw refused;
        }
    }

    /** The canonical bytes of a record: what is stored, and what hashes are taken of. */
    public static byte[] canonicalBytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private void register(String manifest, Class<?> type) {
        if (!manifest.matches("[a-z][a-z-]{1,40}\\.[1-9][0-9]?")) {
            throw new IllegalArgumentException("manifest=" + manifest + " must read like name.1");
        }
        if (manifests.put(type.getName(), manifest) != null) {
            throw new IllegalArgumentException(type.getName() + " has two manifests");
        }
    }
}
