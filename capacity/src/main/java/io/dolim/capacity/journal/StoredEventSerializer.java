package io.dolim.capacity.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Stores events as canonical CBOR under short versioned manifests such as {@code
 * capital-paid-in.1}. The map from manifest to record is written out by each subclass: a name once
 * used is never used for another shape, and a record that changes its shape gets the next number.
 * Equal events give equal bytes on every machine: fields in declared order, maps by key. What is
 * written with every trade has a {@link StoredForm} of fewer bytes.
 *
 * <p>A manifest that is not in the map stops recovery, and so the start: a journal of a later release
 * is not half understood.
 */
public abstract class StoredEventSerializer extends SerializerWithStringManifest {

    private static final ObjectMapper NAMED = CanonicalCbor.mapper();
    private static final ObjectMapper COMPACT = CompactCbor.mapper();

    private final int identifier;
    private final SortedMap<String, StoredForm> forms;
    private final SortedMap<String, String> manifests = new TreeMap<>();

    /**
     * A serializer of one module's events.
     *
     * @param identifier its number in the journal, unique in the process and fixed for ever
     * @param forms what stands under each manifest; a class is written under one of them only
     */
    protected StoredEventSerializer(int identifier, SortedMap<String, StoredForm> forms) {
        this.identifier = identifier;
        this.forms = Collections.unmodifiableSortedMap(new TreeMap<>(forms));
        forms.forEach(this::register);
    }

    @Override
    public final int identifier() {
        return identifier;
    }

    /** The manifests it knows. */
    public final SortedMap<String, StoredForm> forms() {
        return forms;
    }

    @Override
    public final String manifest(Object event) {
        String manifest = manifests.get(stored(event).getClass().getName());
        if (manifest == null) {
            throw new IllegalArgumentException(
                    "event=" + event.getClass().getName() + " has no manifest");
        }
        return manifest;
    }

    @Override
    public final byte[] toBinary(Object event) {
        StoredForm form = Optional.ofNullable(forms.get(manifest(event))).orElseThrow();
        Object stored = stored(event);
        return switch (form.encoding()) {
            case NAMED -> canonicalBytes(stored);
            case COMPACT -> bytes(COMPACT, stored);
            case DEFLATED -> Deflated.deflate(bytes(COMPACT, stored));
            case NAMED_DEFLATED -> Deflated.deflate(canonicalBytes(stored));
        };
    }

    private static Object stored(Object event) {
        return event instanceof StoredByContent shaped ? shaped.stored() : event;
    }

    /** @throws NotSerializableException when the manifest is unknown or the bytes are not its record */
    @Override
    public final Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        StoredForm form = forms.get(manifest);
        if (form == null) {
            throw new NotSerializableException(
                    "manifest="
                            + manifest
                            + " is not known to this release ("
                            + forms.keySet()
                            + "): the journal was written by a later one, refusing to start");
        }
        try {
            Object read =
                    switch (form.encoding()) {
                        case NAMED -> NAMED.readValue(bytes, form.type());
                        case COMPACT -> COMPACT.readValue(bytes, form.type());
                        case DEFLATED ->
                                COMPACT.readValue(
                                        Deflated.inflate(bytes, Deflated.MOST_OF_AN_EVENT),
                                        form.type());
                        case NAMED_DEFLATED ->
                                NAMED.readValue(
                                        Deflated.inflate(bytes, Deflated.MOST_OF_A_STATE),
                                        form.type());
                    };
            return read instanceof EarlierShape earlier ? earlier.today() : read;
        } catch (IOException unreadable) {
            NotSerializableException refused =
                    new NotSerializableException(
                            "manifest=" + manifest + " unreadable: " + unreadable.getMessage());
            refused.initCause(unreadable);
            throw refused;
        }
    }

    /** The canonical bytes of a record, with names: what hashes are taken of. */
    public static byte[] canonicalBytes(Object value) {
        return bytes(NAMED, value);
    }

    private static byte[] bytes(ObjectMapper mapper, Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private void register(String manifest, StoredForm form) {
        if (!manifest.matches("[a-z][a-z-]{1,40}\\.[1-9][0-9]?")) {
            throw new IllegalArgumentException("manifest=" + manifest + " must read like name.1");
        }
        if (form.isWritten() && manifests.put(form.type().getName(), manifest) != null) {
            throw new IllegalArgumentException(form.type().getName() + " has two manifests");
        }
    }
}
