package org.trunkline.sandbox.bitrix;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that holds the last few entries only: a simulator need not keep hours of recordings. */
final class LatestFiles extends LinkedHashMap<String, byte[]> {
    private static final long serialVersionUID = 1;
    private static final int KEPT = 20;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
        return size() > KEPT;
    }
}
