package org.trunkline.http.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Files that bundles carry (a console), kept in memory with their ETag. */
final class StaticFiles {
    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html;charset=utf-8",
                    "js", "text/javascript;charset=utf-8",
                    "mjs", "text/javascript;charset=utf-8",
                    "css", "text/css;charset=utf-8",
                    "json", "application/json",
                    "svg", "image/svg+xml",
                    "png", "image/png",
                    "ico", "image/x-icon",
                    "woff2", "font/woff2");

    private record StoredFile(byte[] bytes, String etag, String type) {}

    private record Folder(Function<String, Optional<URL>> find, Map<String, StoredFile> read) {}

    private final Map<String, Folder> folders = new ConcurrentHashMap<>();

    /**
     * @param find gives the address of a file by its path below the prefix, which begins with a
     *     slash
     */
    void add(String prefix, Function<String, Optional<URL>> find) {
        folders.put(Prefixes.checked(prefix), new Folder(find, new ConcurrentHashMap<>()));
    }

    void remove(String prefix) {
        folders.remove(prefix);
    }

    /** Answers the request if the path belongs to a folder. */
    boolean handle(String path, Request request, Response response, Callback callback) {
        for (Map.Entry<String, Folder> entry : folders.entrySet()) {
            if (Prefixes.covers(entry.getKey(), path)) {
                String below = path.substring(entry.getKey().length());
                return send(entry.getValue(), below, request, response, callback);
            }
        }
        return false;
    }

    private static boolean send(
            Folder folder, String below, Request request, Response response, Callback callback) {
        boolean head = HttpMethod.HEAD.is(request.getMethod());
        if (!head && !HttpMethod.GET.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            return Problem.send(response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
        }
        String name = below.isEmpty() || below.equals("/") ? "/index.html" : below;
        Optional<StoredFile> found = name.contains("..") ? Optional.empty() : file(folder, name);
        if (found.isEmpty()) {
            return Problem.send(response, callback, HttpStatus.NOT_FOUND_404);
        }
        StoredFile file = found.get();
        response.getHeaders().put(HttpHeader.ETAG, file.etag());
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
        response.getHeaders().put(new HttpField("X-Content-Type-Options", "nosniff"));
        if (file.etag().equals(request.getHeaders().get(HttpHeader.IF_NONE_MATCH))) {
            response.setStatus(HttpStatus.NOT_MODIFIED_304);
            callback.succeeded();
            return true;
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, file.type());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, file.bytes().length);
        response.write(true, head ? null : ByteBuffer.wrap(file.bytes()), callback);
        return true;
    }

    private static Optional<StoredFile> file(Folder folder, String name) {
        StoredFile known = folder.read().get(name);
        if (known != null) {
            return Optional.of(known);
        }
        // Only what exists is kept: requests for made-up names can't fill the memory.
        return folder.find()
                .apply(name)
                .map(StaticFiles::read)
                .map(
                        file -> {
                            StoredFile typed =
                                    new StoredFile(file.bytes(), file.etag(), type(name));
                            folder.read().put(name, typed);
                            return typed;
                        });
    }

    private static StoredFile read(URL address) {
        try (InputStream in = address.openStream()) {
            byte[] bytes = in.readAllBytes();
            CRC32 sum = new CRC32();
            sum.update(bytes);
            String etag = "\"%x-%d\"".formatted(sum.getValue(), bytes.length);
            return new StoredFile(bytes, etag, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String type(String name) {
        return TYPES.getOrDefault(
                name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    }
}
