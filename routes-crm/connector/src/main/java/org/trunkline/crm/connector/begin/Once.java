package org.trunkline.crm.connector.begin;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The calls that were begun lately: an event that comes twice at the same moment, before the first
 * one is folded, dials once. Thread-safe.
 */
public final class Once {

    private static final int REMEMBERED = 10_000;

    private final Map<String, Boolean> begun =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /**
     * Begins it unless that was done before.
     *
     * @param begin what must succeed, else it may be tried again
     * @return whether it was begun now
     */
    public boolean begin(String key, Runnable begin) {
        synchronized (begun) {
            if (begun.putIfAbsent(key, true) != null) {
                return false;
            }
        }
        boolean done = false;
        try {
            begin.run();
            done = true;
        } finally {
            if (!done) {
                synchronized (begun) {
                    begun.remove(key);
                }
            }
        }
        return true;
    }
}
