package io.dolim.book.tape;

import io.dolim.quoting.instrument.Expiry;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Writes the bytes of a batch; {@link TapeReader} reads them. One encoding per batch. */
final class TapeWriter {

    /** Prices keep at least this many significant digits. */
    private static final int DIGITS = 9;

    private static final int MOST_DECIMALS = 12;

    /** Units of a volatility: hundredths of a basis point would be 1e-6; fits are not that sure. */
    static final double VOL_UNITS = 1e5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);
    private final List<String> names;
    private final double units;

    private TapeWriter(List<String> names, int decimals) {
        this.names = names;
        this.units = TapeReader.powerOfTen(decimals);
    }

    static byte[] bytes(TapedBatch batch) {
        SortedSet<String> names = new TreeSet<>();
        batch.index().forEach(tick -> names.add(tick.source()));
        batch.futures().forEach(future -> names.add(future.source()));
        batch.held().forEach(held -> names.add(held.source()));
        batch.held().forEach(held -> names.add(held.rule().name()));
        int decimals = decimals(batch);
        TapeWriter writer = new TapeWriter(new ArrayList<>(names), decimals);
        writer.whole(batch.dropped());
        writer.whole(decimals);
        writer.names();
        writer.index(batch);
        writer.futures(batch);
        writer.vols(batch);
        writer.held(batch);
        return writer.out.toByteArray();
    }

    /** So many that the largest price keeps its digits, and that venues' decimals stay exact. */
    private static int decimals(TapedBatch batch) {
        double largest = 0;
        for (TapedBatch.IndexPrice tick : batch.index()) {
            largest = Math.max(largest, Math.max(tick.priceUsdc(), tick.consensusUsdc()));
        }
        for (TapedBatch.FuturePrice future : batch.futures()) {
            largest = Math.max(largest, future.priceUsdc());
        }
        int decimals = DIGITS - 1;
        double bound = 10;
        for (; decimals > 0 && largest >= bound; bound *= 10) {
            decimals--;
        }
        bound = 1;
        for (; largest > 0 && decimals < MOST_DECIMALS && largest < bound; bound /= 10) {
            decimals++;
        }
        return decimals;
    }

    /** Each name by what it shares with the one before. */
    private void names() {
        whole(names.size());
        String before = "";
        for (String name : names) {
            int shared = 0;
            int most = Math.min(before.length(), name.length());
            while (shared < most && before.charAt(shared) == name.charAt(shared)) {
                shared++;
            }
            byte[] rest = name.substring(shared).getBytes(StandardCharsets.US_ASCII);
            whole(shared);
            whole(rest.length);
            out.writeBytes(rest);
            before = name;
        }
    }

    private void index(TapedBatch batch) {
        whole(batch.index().size());
        long time = batch.epochMs();
        long price = 0;
        for (TapedBatch.IndexPrice tick : batch.index()) {
            long now = units(tick.priceUsdc());
            signed(tick.epochMs() - time);
            whole(names.indexOf(tick.source()));
            signed(now - price);
            signed(units(tick.consensusUsdc()) - now);
            time = tick.epochMs();
            price = now;
        }
    }

    private void futures(TapedBatch batch) {
        whole(batch.futures().size());
        long price = batch.index().isEmpty() ? 0 : units(batch.index().getLast().consensusUsdc());
        for (TapedBatch.FuturePrice future : batch.futures()) {
            long now = units(future.priceUsdc());
            whole(names.indexOf(future.source()));
            whole(future.expiry().map(TapeWriter::day).orElse(0L));
            signed(now - price);
            price = now;
        }
    }

    private void vols(TapedBatch batch) {
        whole(batch.atmVols().size());
        long day = 0;
        long vol = 0;
        for (Map.Entry<Expiry, Double> atm : batch.atmVols().entrySet()) {
            long now = Math.round(atm.getValue() * VOL_UNITS);
            whole(day(atm.getKey()) - day);
            signed(now - vol);
            day = day(atm.getKey());
            vol = now;
        }
    }

    private void held(TapedBatch batch) {
        whole(batch.held().size());
        for (TapedBatch.Withheld held : batch.held()) {
            whole(names.indexOf(held.source()));
            whole(names.indexOf(held.rule().name()));
            whole(held.kind().stored());
            whole(held.count());
            Optional<Double> last =
                    held.lastUsdc().isPresent()
                            ? Optional.of(held.lastUsdc().getAsDouble())
                            : Optional.empty();
            whole(last.isPresent() ? 1 : 0);
            last.ifPresent(
                    price -> out.writeBytes(ByteBuffer.allocate(8).putDouble(price).array()));
        }
    }

    private static long day(Expiry expiry) {
        return expiry.date().toEpochDay();
    }

    private long units(double price) {
        return Math.round(price * units);
    }

    private void signed(long value) {
        whole((value << 1) ^ (value >> 63));
    }

    /** LEB128: seven bits a byte, the lowest first. */
    private void whole(long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            out.write((int) ((left & 0x7f) | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }
}
