package io.dolim.book;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * Hashes of pricing inputs that any Book of this process has on disk since it started, so that what
 * the Books have in common, above all surfaces, is stored once a journal and not once a Book. Only
 * what is durable is told here: whoever then refers to it comes later in the one log. What is
 * forgotten, or of an earlier start, is stored again, which is harmless. Thread-safe.
 */
public final class RecordedContents {

    /** Some hours of surfaces and some minutes of views. */
    private static final int MOST = 8_192;

    private final SequencedSet<String> hashes = new LinkedHashSet<>();

    /** Remembers what is on disk now. */
    synchronized void written(List<BookEvent> events) {
        for (BookEvent event : events) {
            if (event instanceof BookEvent.InputsRecorded inputs) {
                inputs.contents().forEach(content -> remember(content.hash()));
            }
        }
        while (hashes.size() > MOST) {
            hashes.removeFirst();
        }
    }

    private void remember(String hash) {
        hashes.remove(hash);
        hashes.addLast(hash);
    }

    synchronized boolean contains(String hash) {
        return hashes.contains(hash);
    }
}
