package io.dolim.book;

import io.dolim.book.trade.Content;
import io.dolim.capacity.journal.EarlierShape;
import io.dolim.capacity.journal.StoredEvent;
import java.util.List;

/** An input as {@code input-recorded.1} has it: one an event. */
record InputRecorded1(Content content) implements EarlierShape {

    @Override
    public StoredEvent today() {
        return new BookEvent.InputsRecorded(List.of(content));
    }
}
