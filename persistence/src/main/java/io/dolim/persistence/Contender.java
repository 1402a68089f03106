package io.dolim.persistence;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.DirectBufferProxy;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.PutFlags;

/** What {@link JournalBench} measures: something that puts a batch of equal events on disk. */
sealed interface Contender extends AutoCloseable {

    String name();

    /** Returns when the batch is durable. */
    void write(int batch) throws IOException;

    @Override
    void close() throws IOException;

    /** Whole appends to a file that has its blocks already, each with a sync of its data. */
    final class Append implements Contender {
        private static final int FILE_BYTES = 256 << 20;

        private final FileChannel file;
        private final byte[] event;
        private ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        private long at;

        private Append(FileChannel file, byte[] event) {
            this.file = file;
            this.event = event;
        }

        static Append open(Path path, byte[] event) throws IOException {
            var file =
                    FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            var zeros = ByteBuffer.allocateDirect(1 << 20);
            for (long at = 0; at < FILE_BYTES; at += zeros.capacity()) {
                file.write(zeros.clear(), at);
            }
            file.force(true);
            return new Append(file, event);
        }

        @Override
        public String name() {
            return "append";
        }

        @Override
        public void write(int batch) throws IOException {
            var wanted = Math.multiplyExact(batch, event.length);
            if (buffer.capacity() < wanted) {
                buffer = ByteBuffer.allocateDirect(wanted);
            }
            buffer.clear();
            for (int i = 0; i < batch; i++) {
                buffer.put(event);
            }
            buffer.flip();
            if (at + wanted > FILE_BYTES) {
                at = 0;
            }
            while (buffer.hasRemaining()) {
                at += file.write(buffer, at);
            }
            file.force(false);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** LMDB with the journal's options and nothing around it: a growing number and the event. */
    final class Lmdb implements Contender {
        private static final long MAP_BYTES = 64L << 30;

        private final Env<DirectBuffer> env;
        private final Dbi<DirectBuffer> table;
        private final UnsafeBuffer key = new UnsafeBuffer(ByteBuffer.allocateDirect(8));
        private final UnsafeBuffer value;
        private long order;

        private Lmdb(Env<DirectBuffer> env, byte[] event) {
            this.env = env;
            this.table = env.openDbi("log", DbiFlags.MDB_CREATE);
            this.value = new UnsafeBuffer(ByteBuffer.allocateDirect(event.length));
            value.putBytes(0, event);
        }

        static Lmdb open(Path path, byte[] event) throws IOException {
            Files.createDirectory(path);
            return new Lmdb(
                    Env.create(DirectBufferProxy.PROXY_DB)
                            .setMapSize(MAP_BYTES)
                            .setMaxDbs(1)
                            .open(path.toFile(), EnvFlags.MDB_NOTLS),
                    event);
        }

        @Override
        public String name() {
            return "lmdb";
        }

        @Override
        public void write(int batch) {
            try (var txn = env.txnWrite()) {
                for (int i = 0; i < batch; i++) {
                    order++;
                    key.putLong(0, order, java.nio.ByteOrder.BIG_ENDIAN);
                    table.put(txn, key, value, PutFlags.MDB_APPEND);
                }
                txn.commit();
            }
        }

        @Override
        public void close() {
            env.close();
        }
    }

    /** The journal's store with everything on, asked for one batch after the other. */
    final class Store implements Contender {
        private static final int ENTITIES = 64;

        private final JournalDirectory directory;
        private final byte[] event;
        private final String writer = UUID.randomUUID().toString();
        private final long[] sequences = new long[ENTITIES];
        private int next;

        private Store(JournalDirectory directory, byte[] event) {
            this.directory = directory;
            this.event = event;
        }

        static Store open(Path path, byte[] event) {
            var config =
                    ConfigFactory.parseMap(Map.of(StoreSettings.PATH + ".dir", path.toString()))
                            .withFallback(ConfigFactory.defaultReference());
            var settings = StoreSettings.of(config.getConfig(StoreSettings.PATH));
            return new Store(JournalDirectory.open(settings, halted -> {}), event);
        }

        @Override
        public String name() {
            return "store";
        }

        @Override
        public void write(int batch) {
            var events = new ArrayList<LogRow.Event>(batch);
            for (int i = 0; i < batch; i++) {
                next = (next + 1) % ENTITIES;
                sequences[next]++;
                events.add(
                        new LogRow.Event(
                                "entity-" + next,
                                sequences[next],
                                1_700_000_000_000L + sequences[next],
                                writer,
                                "",
                                List.of(),
                                new Payload(1, "e.1", event),
                                Optional.empty()));
            }
            directory.append(events).join();
        }

        @Override
        public void close() throws IOException {
            directory.close();
        }
    }
}
