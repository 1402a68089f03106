package io.dolim.persistence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A row of the log. Its key is its order number: one, two, three and so on without a gap. */
public sealed interface LogRow {

    int EVENT = 1;
    int DELETED = 2;
    int DELETION = 3;
    int COMMIT = 4;

    /** Kind, sequence number, timestamp, three counts of texts and one of tags, and a flag. */
    int EVENT_NUMBERS = 1 + 8 + 8 + 3 * 2 + 2 + 1;

    /**
     * An event as its entity wrote it.
     *
     * @param timestampMs what the writer's clock said; zero when it said nothing
     * @param writer the entity's incarnation
     * @param adapterManifest what an event adapter wants to find again; empty without one
     */
    record Event(
            String persistenceId,
            long sequence,
            long timestampMs,
            String writer,
            String adapterManifest,
            List<String> tags,
            Payload payload,
            Optional<Payload> metadata)
            implements LogRow {
        public Event {
            tags = List.copyOf(tags);
        }
    }

    /** Stands where an event stood; the chain needs the hash of what was there. */
    record Deleted(String persistenceId, long sequence, Sha256 removed) implements LogRow {}

    /** An entity's events up to and with {@code upTo} were deleted. */
    record Deletion(String persistenceId, long upTo) implements LogRow {}

    /**
     * Ends a commit.
     *
     * @param number one, two, three and so on
     * @param transaction LMDB's number of the transaction; of the last commit it equals the meta
     *     page's, or the file is older than it says
     * @param rows rows of this commit before this one
     * @param chain hash over the previous chain hash, the rows' hashes and these numbers
     */
    record Commit(long number, long transaction, long timeMs, int rows, Sha256 chain)
            implements LogRow {}

    /** The row without its checksum, which needs the order number. */
    default byte[] unsealed() {
        var out = this instanceof Event event ? new RowOutput(expected(event)) : new RowOutput();
        switch (this) {
            case Event event -> write(event, out.u8(EVENT));
            case Deleted row ->
                    out.u8(DELETED)
                            .i64(row.sequence)
                            .text(row.persistenceId)
                            .raw(row.removed.bytes());
            case Deletion row -> out.u8(DELETION).text(row.persistenceId).i64(row.upTo);
            case Commit row ->
                    out.u8(COMMIT)
                            .i64(row.number)
                            .i64(row.transaction)
                            .i64(row.timeMs)
                            .i32(row.rows)
                            .raw(row.chain.bytes());
        }
        return out.unsealed();
    }

    /** Exact when all names are plain ASCII, which they mostly are. */
    private static int expected(Event event) {
        return EVENT_NUMBERS
                + event.persistenceId.length()
                + event.writer.length()
                + event.adapterManifest.length()
                + event.tags.stream().mapToInt(tag -> 2 + tag.length()).sum()
                + event.payload.expected()
                + event.metadata.map(Payload::expected).orElse(0);
    }

    private static void write(Event event, RowOutput out) {
        out.i64(event.sequence)
                .i64(event.timestampMs)
                .text(event.persistenceId)
                .text(event.writer)
                .text(event.adapterManifest)
                .u16(event.tags.size());
        event.tags.forEach(out::text);
        event.payload.write(out);
        out.u8(event.metadata.isPresent() ? 1 : 0);
        event.metadata.ifPresent(metadata -> metadata.write(out));
    }

    /** @throws JournalCorrupt naming the order number */
    static LogRow of(long order, byte[] row) {
        var place = "log/" + order;
        var in = RowInput.checked(place, Format.order(order), row);
        var kind = in.u8();
        var read =
                switch (kind) {
                    case EVENT -> event(in);
                    case DELETED -> deleted(in);
                    case DELETION -> new Deletion(in.text(), in.i64());
                    case COMMIT ->
                            new Commit(
                                    in.i64(),
                                    in.i64(),
                                    in.i64(),
                                    in.i32(),
                                    new Sha256(in.raw(Sha256.BYTES)));
                    default -> throw new JournalCorrupt(place, "unknown kind=" + kind);
                };
        in.end();
        return read;
    }

    private static Deleted deleted(RowInput in) {
        var sequence = in.i64();
        return new Deleted(in.text(), sequence, new Sha256(in.raw(Sha256.BYTES)));
    }

    private static Event event(RowInput in) {
        var sequence = in.i64();
        var timestampMs = in.i64();
        var persistenceId = in.text();
        var writer = in.text();
        var adapterManifest = in.text();
        var count = in.u16();
        var tags = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            tags.add(in.text());
        }
        var payload = Payload.read(in);
        var metadata = in.u8() == 0 ? Optional.<Payload>empty() : Optional.of(Payload.read(in));
        return new Event(
                persistenceId,
                sequence,
                timestampMs,
                writer,
                adapterManifest,
                tags,
                payload,
                metadata);
    }
}
