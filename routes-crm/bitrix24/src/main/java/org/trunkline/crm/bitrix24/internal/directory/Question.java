package org.trunkline.crm.bitrix24.internal.directory;

import java.util.Map;

/**
 * Something to ask a portal for.
 *
 * @param method in the letter case of the vendor's documents
 * @param params texts, numbers, lists, maps and {@link Of}
 */
public record Question(String method, Map<String, Object> params) {

    /** Without parameters. */
    static Question of(String method) {
        return new Question(method, Map.of());
    }

    /**
     * A part of what an earlier question of the same request was answered; the portal puts it in.
     *
     * @param index of that question, from 0
     * @param path as the vendor writes it without the outer brackets, {@code 49][ID}
     */
    public record Of(int index, String path) {}
}
