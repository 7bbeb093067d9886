package org.trunkline.crm.bitrix24.internal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.trunkline.crm.bitrix24.internal.Command.ResultOf;

/** Parameters as PHP reads them from a query, {@code USER_ID[0]=7&USER_ID[1]=8}. */
final class PhpQuery {

    private final Function<ResultOf, String> reference;
    private final List<String> pairs = new ArrayList<>();

    private PhpQuery(Function<ResultOf, String> reference) {
        this.reference = reference;
    }

    /**
     * Encodes once, as a command inside a JSON batch wants it.
     *
     * @param reference how a reference to an earlier command is written
     */
    static String of(Map<String, Object> params, Function<ResultOf, String> reference) {
        PhpQuery query = new PhpQuery(reference);
        params.forEach(query::add);
        return String.join("&", query.pairs);
    }

    private void add(String name, Object value) {
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                add(name + "[" + i + "]", list.get(i));
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> add(name + "[" + key + "]", inner));
        } else {
            String text = value instanceof ResultOf of ? reference.apply(of) : value.toString();
            pairs.add(encode(name) + "=" + encode(text));
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
