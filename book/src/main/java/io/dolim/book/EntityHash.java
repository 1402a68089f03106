package io.dolim.book;

import io.dolim.book.trade.BodyHash;
import io.dolim.capacity.journal.StoredEvent;
import io.dolim.capacity.journal.StoredEventSerializer;

/** SHA-256 of a state's canonical bytes: equal states, equal hashes, on every machine. */
final class EntityHash {

    private EntityHash() {}

    static String of(StoredEvent state) {
        return BodyHash.ofBytes(StoredEventSerializer.canonicalBytes(state)).hex();
    }
}
