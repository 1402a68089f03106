package io.dolim.api.keys;

import io.dolim.capacity.journal.StoredEventSerializer;
import io.dolim.capacity.journal.StoredForm;
import java.util.SortedMap;
import java.util.TreeMap;

/** The stored form of {@link KeyEvent}; instantiated by Pekko. */
public final class KeyEventSerializer extends StoredEventSerializer {

    /** Its number in the journal, fixed for ever. */
    public static final int IDENTIFIER = 7103;

    /** The map from manifest to record, written out. */
    public KeyEventSerializer() {
        super(IDENTIFIER, manifests());
    }

    private static SortedMap<String, StoredForm> manifests() {
        SortedMap<String, StoredForm> forms = new TreeMap<>();
        forms.put("key-created.1", StoredForm.named(KeyEvent.KeyCreated.class));
        forms.put("key-rotated.1", StoredForm.named(KeyEvent.KeyRotated.class));
        forms.put("key-revoked.1", StoredForm.named(KeyEvent.KeyRevoked.class));
        return forms;
    }
}
