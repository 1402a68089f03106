package io.dolim.persistence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Events in the journal's own words, and a journal read back in them. */
final class Events {

    private Events() {}

    static LogRow.Event event(String persistenceId, long sequence, String text, String... tags) {
        var payload = new Payload(7, "text", text.getBytes(StandardCharsets.UTF_8));
        return new LogRow.Event(
                persistenceId,
                sequence,
                1_000 + sequence,
                "writer",
                "",
                List.of(tags),
                payload,
                Optional.empty());
    }

    static List<LogRow.Event> events(String persistenceId, long from, long to, String... tags) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(
                        sequence ->
                                event(
                                        persistenceId,
                                        sequence,
                                        persistenceId + " event " + sequence,
                                        tags))
                .toList();
    }

    static List<EventPage.Stored> stored(JournalDirectory journal, String persistenceId) {
        var all = new ArrayList<EventPage.Stored>();
        var page = journal.events(persistenceId, 1, Long.MAX_VALUE).join();
        all.addAll(page.events());
        while (page.more()) {
            page = journal.events(persistenceId, page.next(), Long.MAX_VALUE).join();
            all.addAll(page.events());
        }
        return all;
    }

    static List<LogRow.Event> read(JournalDirectory journal, String persistenceId) {
        return stored(journal, persistenceId).stream().map(EventPage.Stored::event).toList();
    }

    static List<EventPage.Stored> tagged(JournalDirectory journal, String tag, long after) {
        var all = new ArrayList<EventPage.Stored>();
        var page = journal.tagged(tag, after, Long.MAX_VALUE).join();
        all.addAll(page.events());
        while (page.more()) {
            page = journal.tagged(tag, page.next(), Long.MAX_VALUE).join();
            all.addAll(page.events());
        }
        return all;
    }
}
