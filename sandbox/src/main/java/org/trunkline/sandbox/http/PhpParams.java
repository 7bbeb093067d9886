package org.trunkline.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Urlencoded parameters with PHP's brackets: {@code fields[PHONE][0][VALUE]=+7…} and back. */
public final class PhpParams {
    private PhpParams() {}

    /** Maps whose keys are 0, 1, 2… come out as arrays, as {@code json_encode} shows them. */
    public static ObjectNode parse(String urlencoded) {
        ObjectNode root = Json.object();
        for (String pair : urlencoded.split("&")) {
            if (!pair.isEmpty()) {
                int eq = pair.indexOf('=');
                String key = decode(eq < 0 ? pair : pair.substring(0, eq));
                put(root, path(key), decode(eq < 0 ? "" : pair.substring(eq + 1)));
            }
        }
        ObjectNode out = Json.object();
        root.properties().forEach(e -> out.set(e.getKey(), lists(e.getValue())));
        return out;
    }

    /** The reverse, as the portal sends its events. */
    public static String encode(ObjectNode tree) {
        List<String> pairs = new ArrayList<>();
        tree.properties().forEach(e -> encode(e.getKey(), e.getValue(), pairs));
        return String.join("&", pairs);
    }

    private static void encode(String name, JsonNode value, List<String> pairs) {
        if (value.isObject()) {
            value.properties()
                    .forEach(e -> encode(name + "[" + e.getKey() + "]", e.getValue(), pairs));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                encode(name + "[" + i + "]", value.get(i), pairs);
            }
        } else {
            String text = value.isNull() ? "" : value.asText();
            pairs.add(
                    URLEncoder.encode(name, StandardCharsets.UTF_8)
                            + "="
                            + URLEncoder.encode(text, StandardCharsets.UTF_8));
        }
    }

    private static List<String> path(String key) {
        int open = key.indexOf('[');
        List<String> path = new ArrayList<>();
        if (open <= 0) {
            path.add(key);
            return path;
        }
        path.add(key.substring(0, open));
        int at = open;
        while (at < key.length() && key.charAt(at) == '[') {
            int close = key.indexOf(']', at);
            if (close < 0) {
                break;
            }
            path.add(key.substring(at + 1, close));
            at = close + 1;
        }
        return path;
    }

    private static void put(ObjectNode root, List<String> path, String value) {
        ObjectNode node = root;
        for (int i = 0; i < path.size() - 1; i++) {
            String name = name(node, path.get(i));
            JsonNode child = node.get(name);
            node = child instanceof ObjectNode map ? map : node.putObject(name);
        }
        node.set(name(node, path.get(path.size() - 1)), TextNode.valueOf(value));
    }

    /** {@code a[]} appends: its key is the next free number. */
    private static String name(ObjectNode node, String segment) {
        if (!segment.isEmpty()) {
            return segment;
        }
        int next = 0;
        while (node.has(Integer.toString(next))) {
            next++;
        }
        return Integer.toString(next);
    }

    private static JsonNode lists(JsonNode node) {
        if (!(node instanceof ObjectNode map)) {
            return node;
        }
        ObjectNode out = Json.object();
        int expected = 0;
        boolean list = !map.isEmpty();
        for (Map.Entry<String, JsonNode> e : map.properties()) {
            list &= e.getKey().equals(Integer.toString(expected++));
            out.set(e.getKey(), lists(e.getValue()));
        }
        if (!list) {
            return out;
        }
        ArrayNode array = Json.array();
        out.forEach(array::add);
        return array;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // PHP keeps a broken escape as it stands instead of refusing the request.
            return text;
        }
    }
}
