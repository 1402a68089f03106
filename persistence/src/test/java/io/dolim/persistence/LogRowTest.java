package io.dolim.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogRowTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "entity", "entité", "実体", "🂡🂱"})
    void namesInAnyLetterComeBack(String name) {
        var payload = new Payload(7, name, new byte[] {1, 2, 3});
        var event =
                new LogRow.Event(
                        name,
                        5,
                        6,
                        name,
                        name,
                        List.of(name, name + name),
                        payload,
                        Optional.of(new Payload(8, name, new byte[0])));
        var row = event.unsealed();
        Checksum.seal(Format.order(9), row);
        assertEquals(event, LogRow.of(9, row));
    }
}
