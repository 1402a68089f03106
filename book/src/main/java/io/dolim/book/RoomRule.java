package io.dolim.book;

import io.dolim.book.trade.RefusalReason;
import io.dolim.capacity.JournalRoom;
import io.dolim.capacity.journal.StoredEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a Book writes while the journal has little room: Capacity has asked too, but others may have written since. */
final class RoomRule {

    private final Supplier<JournalRoom> room;

    RoomRule(Supplier<JournalRoom> room) {
        this.room = room;
    }

    /** Why no trade can be written; empty when it can. */
    Optional<Book.Refused> noRoom() {
        JournalRoom now = room.get();
        return now.takesOrdinary()
                ? Optional.empty()
                : Optional.of(
                        new Book.Refused(
                                RefusalReason.NO_CAPACITY, JournalRoom.RULE, now.numbers()));
    }

    /** Whether these may be written. */
    boolean fits(List<BookEvent> events) {
        return events.stream().anyMatch(event -> event.tags().contains(StoredEvent.ESSENTIAL))
                || room.get().takesOrdinary();
    }
}
