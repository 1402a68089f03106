package io.dolim.api.rpc;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The method table. A name stands in it once; the edge adds its own ({@code public/auth} and its like) by itself. */
public final class Methods {

    private final Map<String, Method<?>> byName;

    private Methods(Map<String, Method<?>> byName) {
        this.byName = byName;
    }

    /** A table of these methods; two of one name are refused. */
    public static Methods of(Collection<? extends Method<?>> methods) {
        Map<String, Method<?>> byName = new LinkedHashMap<>();
        for (Method<?> method : methods) {
            if (byName.put(method.name(), method) != null) {
                throw new IllegalArgumentException("method stands twice: " + method.name());
            }
        }
        return new Methods(byName);
    }

    /** A table of these methods. */
    public static Methods of(Method<?>... methods) {
        return of(List.of(methods));
    }

    /** Both tables in one. */
    public Methods and(Methods others) {
        List<Method<?>> all = new java.util.ArrayList<>(byName.values());
        all.addAll(others.byName.values());
        return of(all);
    }

    /** Its rows, in their order. */
    public List<Method<?>> rows() {
        return List.copyOf(byName.values());
    }

    /** The names on the wire. */
    public Set<String> names() {
        return Set.copyOf(byName.keySet());
    }

    Optional<Method<?>> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
