package org.trunkline.pbx.mango.internal;

import java.lang.reflect.Proxy;
import java.util.Map;

/** A typed configuration as Declarative Services would make it from a cfg file. */
final class Configured {

    private Configured() {}

    static <T> T as(Class<T> type, Map<String, Object> given) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) ->
                                given.getOrDefault(method.getName(), method.getDefaultValue())));
    }
}
