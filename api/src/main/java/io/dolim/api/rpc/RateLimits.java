package io.dolim.api.rpc;

import io.dolim.api.session.Authority;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Token buckets by key, and for strangers by address. Thread-safe. A bucket that was forgotten begins full again, so the
 * number remembered is well above the number of connections.
 */
final class RateLimits {

    private final RpcConfig.Rates rates;
    private final TimeMeter clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(256, 0.75f, true);

    RateLimits(RpcConfig.Rates rates, LongSupplier monotonicNanos) {
        this.rates = rates;
        this.clock =
                new TimeMeter() {
                    @Override
                    public long currentTimeNanos() {
                        return monotonicNanos.getAsLong();
                    }

                    @Override
                    public boolean isWallClockBased() {
                        return false;
                    }
                };
    }

    /** Charges one call; a refusal with the wait in milliseconds if the bucket is empty. */
    Optional<Refusal> charge(Caller caller, Cost cost) {
        return caller.authority()
                .map(authority -> chargeKey(authority, cost))
                .orElseGet(() -> chargeAddress(caller.address(), cost));
    }

    /** Charges one attempt to authenticate. */
    Optional<Refusal> chargeAuth(InetAddress address) {
        return take("auth " + network(address), rates.auth(), "auth");
    }

    /** Refuses while an address has used up its attempts, without charging one: those who succeed go on for free. */
    Optional<Refusal> authExhausted(InetAddress address) {
        long waitNanos =
                bucket("auth " + network(address), rates.auth())
                        .estimateAbilityToConsume(1)
                        .getNanosToWaitForRefill();
        return waitNanos > 0
                ? Optional.of(refusal(rates.auth(), "auth", waitNanos))
                : Optional.empty();
    }

    private Optional<Refusal> chargeKey(Authority authority, Cost cost) {
        RpcConfig.Rate rate =
                switch (cost) {
                    case MATCHING -> rates.keyMatching();
                    case READING, QUOTING -> rates.keyReading();
                };
        return take("key " + cost.wire() + " " + authority.key(), rate, cost.wire());
    }

    private Optional<Refusal> chargeAddress(InetAddress address, Cost cost) {
        RpcConfig.Rate rate =
                switch (cost) {
                    case MATCHING -> rates.addressMatching();
                    case READING, QUOTING -> rates.addressReading();
                };
        return take("address " + cost.wire() + " " + network(address), rate, cost.wire());
    }

    private Optional<Refusal> take(String name, RpcConfig.Rate rate, String bucketClass) {
        ConsumptionProbe probe = bucket(name, rate).tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            return Optional.empty();
        }
        return Optional.of(refusal(rate, bucketClass, probe.getNanosToWaitForRefill()));
    }

    private static Refusal refusal(RpcConfig.Rate rate, String bucketClass, long waitNanos) {
        return Refusal.of(ErrorCode.TOO_MANY_REQUESTS, "rate_limit")
                .with("class", bucketClass)
                .with("burst", rate.burst())
                .with("per_second", rate.perSecond())
                .with("wait", Math.ceilDiv(waitNanos, 1_000_000L));
    }

    private synchronized Bucket bucket(String name, RpcConfig.Rate rate) {
        Bucket bucket = buckets.get(name);
        if (bucket == null) {
            bucket = fresh(rate);
            buckets.put(name, bucket);
            if (buckets.size() > rates.remembered()) {
                buckets.remove(buckets.keySet().iterator().next());
            }
        }
        return bucket;
    }

    private Bucket fresh(RpcConfig.Rate rate) {
        return Bucket.builder()
                .addLimit(
                        limit ->
                                limit.capacity(rate.burst())
                                        .refillGreedy(rate.perSecond(), Duration.ofSeconds(1)))
                .withCustomTimePrecision(clock)
                .build();
    }

    private static String network(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), 8)) + "/64"
                : String.valueOf(address.getHostAddress());
    }
}
