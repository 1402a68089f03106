package io.dolim.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.keys.KeyEvent;

/** What was done to a key, as a row. */
final class KeyRows {

    private KeyRows() {}

    /** One thing that was done; its secret is left out, sealed or not. */
    static ObjectNode row(long order, KeyEvent event) {
        return switch (event) {
            case KeyEvent.KeyCreated e ->
                    row(order, e.atMs(), "created", e.key(), e.by())
                            .put("account", e.account())
                            .put("scopes", String.join(" ", e.scopes()));
            case KeyEvent.KeyRotated e ->
                    row(order, e.atMs(), "rotated", e.key(), e.by()).put("reason", e.reason());
            case KeyEvent.KeyRevoked e ->
                    row(order, e.atMs(), "revoked", e.key(), e.by()).put("reason", e.reason());
        };
    }

    private static ObjectNode row(long order, long atMs, String what, String key, String by) {
        return Rows.object()
                .put("order", order)
                .put("at_ms", atMs)
                .put("what", what)
                .put("key_id", key)
                .put("by", by);
    }
}
