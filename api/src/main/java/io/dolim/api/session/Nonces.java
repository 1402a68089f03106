package io.dolim.api.session;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which nonces were used, kept as long as their timestamp could still pass the clock window. Only nonces under a good
 * signature come here, so a stranger cannot fill it. Not thread-safe: the {@link Authenticator} holds the lock.
 */
final class Nonces {

    /** What became of a nonce. */
    enum Use {
        FRESH,
        USED,
        FULL
    }

    private final int perKey;
    private final Map<KeyId, Map<String, Long>> usedUntilMillis = new HashMap<>();

    Nonces(int perKey) {
        this.perKey = perKey;
    }

    Use use(KeyId key, String nonce, long nowMillis, long untilMillis) {
        Map<String, Long> used = usedUntilMillis.computeIfAbsent(key, k -> new LinkedHashMap<>());
        if (used.getOrDefault(nonce, Long.MIN_VALUE) >= nowMillis) {
            return Use.USED;
        }
        if (used.size() >= perKey) {
            forgetBefore(used, nowMillis);
        }
        if (used.size() >= perKey) {
            return Use.FULL;
        }
        used.put(nonce, untilMillis);
        return Use.FRESH;
    }

    private static void forgetBefore(Map<String, Long> used, long nowMillis) {
        for (Iterator<Long> until = used.values().iterator(); until.hasNext(); ) {
            if (until.next() < nowMillis) {
                until.remove();
            }
        }
    }
}
