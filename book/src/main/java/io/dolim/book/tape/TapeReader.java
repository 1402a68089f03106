package io.dolim.book.tape;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.HoldReason;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the bytes that {@link TapeWriter} writes. */
final class TapeReader {

    private static final int MOST_DECIMALS = 12;
    private static final List<TapedBatch.Kind> KINDS = List.of(TapedBatch.Kind.values());

    private final ByteBuffer in;
    private final List<String> names = new ArrayList<>();
    private double units = 1;

    TapeReader(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    /** Exact: powers of ten up to 22 are doubles. */
    static double powerOfTen(int decimals) {
        double power = 1;
        for (int i = 0; i < decimals; i++) {
            power *= 10;
        }
        return power;
    }

    /** @throws IllegalArgumentException when the bytes are no batch */
    TapedBatch batch(Underlying underlying, long epochMs) {
        try {
            long dropped = whole();
            units = powerOfTen(count(MOST_DECIMALS));
            names();
            List<TapedBatch.IndexPrice> index = index(epochMs);
            double last = index.isEmpty() ? 0 : index.getLast().consensusUsdc();
            List<TapedBatch.FuturePrice> futures = futures(Math.round(last * units));
            SortedMap<Expiry, Double> vols = vols();
            List<TapedBatch.Withheld> held = held();
            if (in.hasRemaining()) {
                throw new IllegalArgumentException("bytes behind the end=" + in.remaining());
            }
            return new TapedBatch(underlying, epochMs, dropped, index, futures, vols, held);
        } catch (BufferUnderflowException | IndexOutOfBoundsException | DateTimeException broken) {
            throw new IllegalArgumentException("bytes=" + in.capacity() + " are no batch", broken);
        }
    }

    private void names() {
        int many = count(in.capacity());
        String before = "";
        for (int i = 0; i < many; i++) {
            int shared = count(before.length());
            byte[] rest = new byte[count(in.remaining())];
            in.get(rest);
            before = before.substring(0, shared) + new String(rest, StandardCharsets.US_ASCII);
            names.add(before);
        }
    }

    private List<TapedBatch.IndexPrice> index(long epochMs) {
        List<TapedBatch.IndexPrice> index = new ArrayList<>();
        int many = count(in.capacity());
        long time = epochMs;
        long price = 0;
        for (int i = 0; i < many; i++) {
            time += signed();
            String source = name();
            price += signed();
            long consensus = price + signed();
            index.add(new TapedBatch.IndexPrice(source, time, price / units, consensus / units));
        }
        return index;
    }

    private List<TapedBatch.FuturePrice> futures(long from) {
        List<TapedBatch.FuturePrice> futures = new ArrayList<>();
        int many = count(in.capacity());
        long price = from;
        for (int i = 0; i < many; i++) {
            String source = name();
            long day = whole();
            price += signed();
            futures.add(
                    new TapedBatch.FuturePrice(
                            source,
                            day == 0 ? Optional.empty() : Optional.of(expiry(day)),
                            price / units));
        }
        return futures;
    }

    private SortedMap<Expiry, Double> vols() {
        SortedMap<Expiry, Double> vols = new TreeMap<>();
        int many = count(in.capacity());
        long day = 0;
        long vol = 0;
        for (int i = 0; i < many; i++) {
            day += whole();
            vol += signed();
            vols.put(expiry(day), vol / TapeWriter.VOL_UNITS);
        }
        return vols;
    }

    private List<TapedBatch.Withheld> held() {
        List<TapedBatch.Withheld> held = new ArrayList<>();
        int many = count(in.capacity());
        for (int i = 0; i < many; i++) {
            String source = name();
            HoldReason rule = HoldReason.valueOf(name());
            TapedBatch.Kind kind = kind(count(KINDS.size() - 1));
            long count = whole();
            OptionalDouble last =
                    count(1) == 1 ? OptionalDouble.of(in.getDouble()) : OptionalDouble.empty();
            held.add(new TapedBatch.Withheld(source, rule, kind, count, last));
        }
        return held;
    }

    private static Expiry expiry(long day) {
        return new Expiry(LocalDate.ofEpochDay(day));
    }

    private String name() {
        return names.get(count(names.size() - 1));
    }

    private int count(int most) {
        long value = whole();
        if (value < 0 || value > most) {
            throw new IllegalArgumentException("count=" + value + " exceeds " + most);
        }
        return (int) value;
    }

    private long signed() {
        long value = whole();
        return (value >>> 1) ^ -(value & 1);
    }

    private long whole() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than 64 bits");
    }

    private static TapedBatch.Kind kind(int stored) {
        return KINDS.stream().filter(each -> each.stored() == stored).findFirst().orElseThrow();
    }
}
